using System.Management.Automation;
using Entry = LinkedInExports.Errors.ErrorCatalog.Entry;

namespace LinkedInExports.Errors;

/// <summary>Export jobs and checkpoints.</summary>
internal static class JobErrors
{
    internal static IReadOnlyDictionary<LinkedInErrorId, Entry> Entries { get; } =
        new Dictionary<LinkedInErrorId, Entry>
        {
            [LinkedInErrorId.InvalidCrmInstanceId] = new(
                ErrorCategory.InvalidArgument,
                "The CRM instance is not a URN with two parts in parentheses.",
                "Copy the CRM instance from your CRM Sync configuration."
            ),
            [LinkedInErrorId.InvalidContract] = new(
                ErrorCategory.InvalidArgument,
                "The contract is not a number or a URN of a contract.",
                "Get-SalesContract lists your contracts."
            ),
            [LinkedInErrorId.NoReportingAccess] = new(
                ErrorCategory.PermissionDenied,
                "The signed-in member has a seat on the contract, but no reporting or administrator role. No request "
                    + "was sent.",
                "Ask an administrator of the contract to assign the role, or omit the contract with Get-SalesContract "
                    + "-ReportingOnly."
            ),
            [LinkedInErrorId.InvalidPeriod] = new(
                ErrorCategory.InvalidArgument,
                "The period ends before it begins, or begins in the future.",
                "Check the start and end. A date without a time is that day in UTC."
            ),
            [LinkedInErrorId.ExportStartRequired] = new(
                ErrorCategory.InvalidArgument,
                "The checkpoint doesn't contain the start of the first export.",
                "Specify -ExportStartAt (or -StartAt). It applies to the first run only, so you can keep it in the command."
            ),
            [LinkedInErrorId.CheckpointInUse] = new(
                ErrorCategory.ResourceBusy,
                "Another run uses the checkpoint. Nothing was changed.",
                "Wait until the other run has ended, or use a separate checkpoint for each run. A crashed run doesn't "
                    + "lock the checkpoint."
            ),
            [LinkedInErrorId.CheckpointCorrupt] = new(
                ErrorCategory.InvalidData,
                "The checkpoint is damaged, was edited, or was written by a newer version of the module. The file was "
                    + "not changed.",
                "Restore a backup, update the module, or move the file away and start again with -ExportStartAt (or "
                    + "-StartAt)."
            ),
            [LinkedInErrorId.CheckpointServerMismatch] = new(
                ErrorCategory.InvalidArgument,
                "The checkpoint belongs to another server. The file was not changed.",
                "Use a separate checkpoint for each server, or connect to the server of the checkpoint."
            ),
            [LinkedInErrorId.ExportJobFailed] = new(
                ErrorCategory.InvalidResult,
                "LinkedIn ended the job without a file.",
                "Create a new job. If it also fails, try again later or with a shorter period."
            ),
            [LinkedInErrorId.ExportJobNotCompleted] = new(
                ErrorCategory.ResourceUnavailable,
                "The job has no files yet.",
                "Use Wait-ExportJob before Save-ExportFile."
            ),
            [LinkedInErrorId.JobNotInHistory] = new(
                ErrorCategory.ObjectNotFound,
                "The job history has the newest 1,000 jobs that you created or requested on this machine, and only those of the "
                    + "connected API.",
                "Get the job with Get-CrmValidationExportJob or Get-SalesAnalyticsExportJob, which add it to the job history."
            ),
            [LinkedInErrorId.WaitTimedOut] = new(
                ErrorCategory.OperationTimeout,
                "The waiting time has ended. The job was not canceled and is still running at LinkedIn.",
                "Run the command in the message, within one week, or specify a longer -Timeout or -StopAfter."
            ),
            [LinkedInErrorId.ExportLinksMissing] = new(
                ErrorCategory.ResourceUnavailable,
                "LinkedIn reports the job as completed, but returns no download link, although the row count isn't 0. "
                    + "The checkpoint was not changed.",
                "Run the command again later, within one week of the job. If the error persists, create a new job for "
                    + "the same period."
            ),
        };
}
