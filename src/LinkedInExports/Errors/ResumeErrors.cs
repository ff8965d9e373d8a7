using System.Management.Automation;
using Entry = LinkedInExports.Errors.ErrorCatalog.Entry;

namespace LinkedInExports.Errors;

/// <summary>Candidate resumes and the ledger.</summary>
internal static class ResumeErrors
{
    internal static IReadOnlyDictionary<LinkedInErrorId, Entry> Entries { get; } =
        new Dictionary<LinkedInErrorId, Entry>
        {
            [LinkedInErrorId.InvalidIntegrationContext] = new(
                ErrorCategory.InvalidArgument,
                "The integration context is not a number or a URN of an organization.",
                "LinkedIn assigned the number of the organization to you at onboarding."
            ),
            [LinkedInErrorId.InvalidResumeRecord] = new(
                ErrorCategory.InvalidData,
                "A record has an invalid id or time, or not exactly one of Path and ResumeFile. It was not sent.",
                "Correct the record and run the command again. Times are dates such as 2025-01-31, ISO 8601 times such "
                    + "as 2025-01-31T14:30:00Z, or milliseconds since 1970."
            ),
            [LinkedInErrorId.ResumeTooLarge] = new(
                ErrorCategory.LimitsExceeded,
                "The file is too large. LinkedIn accepts resumes of at most 10 MB.",
                "Make the file smaller, for example with a lower resolution of its images, and run the command again."
            ),
            [LinkedInErrorId.UnsupportedResumeFile] = new(
                ErrorCategory.InvalidData,
                "The name or content of the file shows that it is empty or not a PDF, DOC or TXT file.",
                "Save the document as PDF or DOC (Word 97-2003), and run the command again."
            ),
            [LinkedInErrorId.UploadRejected] = new(
                ErrorCategory.PermissionDenied,
                "LinkedIn rejected its upload link for a file, and a new link. Other files are not affected.",
                "Run the command again. If the same file fails again, check its name and content."
            ),
            [LinkedInErrorId.ResumeNotSynced] = new(
                ErrorCategory.InvalidResult,
                "LinkedIn rejected the record of a resume, or didn't return a result for it. Other records of the batch "
                    + "are not affected.",
                "Read LinkedIn's reason in the message, correct the record, and run the command again. Only records "
                    + "that aren't in sync are sent."
            ),
            [LinkedInErrorId.OrganizationMismatch] = new(
                ErrorCategory.InvalidResult,
                "LinkedIn's response contains the record with another organization than the request. The record is not "
                    + "counted as synced, because its state is unknown.",
                "Check that -IntegrationContext is the organization that LinkedIn assigned to you at onboarding, and "
                    + "run the command again."
            ),
            [LinkedInErrorId.DailyQuotaExceeded] = new(
                ErrorCategory.LimitsExceeded,
                "The resume requests of the day are used up. The quota is reset at 00:00 UTC.",
                "Run the same command again after the time in the message. Sync-CandidateResume -WaitForQuota waits "
                    + "until then."
            ),
            [LinkedInErrorId.RemovalLimitExceeded] = new(
                ErrorCategory.LimitsExceeded,
                "More records of the ledger are missing from the input than -MaxRemovals allows. No record was removed.",
                "Check that the input is complete. To remove the records, run the command again with a higher "
                    + "-MaxRemovals, as a number or a percentage of the ledger."
            ),
            [LinkedInErrorId.RemovalInputIncomplete] = new(
                ErrorCategory.InvalidData,
                "The input is empty or has records with invalid ids, so it isn't certain which records are missing. No "
                    + "record was removed.",
                "Correct the input and run the command again. To remove all records of a ledger, pipe "
                    + "Get-CandidateResumeSync -Result to Remove-CandidateResume."
            ),
            [LinkedInErrorId.LedgerPathMissing] = new(
                ErrorCategory.InvalidArgument,
                "-RemoveMissing requires a ledger, because only the ledger contains the records of earlier runs.",
                "Specify -LedgerPath, or omit -RemoveMissing."
            ),
            [LinkedInErrorId.LedgerNotFound] = new(
                ErrorCategory.ObjectNotFound,
                "The folder contains no ledger of a resume sync.",
                "Specify the folder that you specified as -LedgerPath of Sync-CandidateResume."
            ),
            [LinkedInErrorId.LedgerInUse] = new(
                ErrorCategory.ResourceBusy,
                "Another process uses the ledger.",
                "Wait until the other run has ended, or give each run a part of the candidates and a separate ledger."
            ),
            [LinkedInErrorId.LedgerCorrupt] = new(
                ErrorCategory.InvalidData,
                "The ledger is corrupt or was modified outside the module.",
                "Restore the folder from a backup. Otherwise, move it away and sync all records again, which uploads "
                    + "all files again."
            ),
            [LinkedInErrorId.LedgerMismatch] = new(
                ErrorCategory.InvalidArgument,
                "The ledger belongs to another server, or was written by another version of the module.",
                "Specify the ledger of this server or a new folder, or update the module."
            ),
        };
}
