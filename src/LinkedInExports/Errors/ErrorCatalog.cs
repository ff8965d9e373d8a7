using System.Management.Automation;

namespace LinkedInExports;

/// <summary>The error catalogue: for each failure its category, what it means and what to do.</summary>
internal static class ErrorCatalog
{
    /// <summary>One entry.</summary>
    internal readonly record struct Entry(ErrorCategory Category, string Meaning, string RecommendedAction);

    /// <summary>All of them; a test sees to it that none is missing.</summary>
    internal static IReadOnlyDictionary<LinkedInErrorId, Entry> Entries { get; } =
        new Dictionary<LinkedInErrorId, Entry>
        {
            [LinkedInErrorId.NotConnected] = new(
                ErrorCategory.ConnectionError,
                "There is no connection to LinkedIn in this runspace, and the environment has no token for one.",
                "Run Connect-LinkedIn first, pass -Connection, or set LINKEDIN_ACCESS_TOKEN or LINKEDIN_CLIENT_ID and "
                    + "LINKEDIN_CLIENT_SECRET."
            ),
            [LinkedInErrorId.EnvironmentIncomplete] = new(
                ErrorCategory.InvalidArgument,
                "The environment variables for an unattended connection are missing or cannot be used.",
                "Set LINKEDIN_ACCESS_TOKEN, or LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET; LINKEDIN_BASE_URI and "
                    + "LINKEDIN_TOKEN_URI only for other servers than LinkedIn's."
            ),
            [LinkedInErrorId.InvalidAddress] = new(
                ErrorCategory.InvalidArgument,
                "The address of the API is not one that a token may be sent to.",
                "Give an https address, such as https://api.linkedin.com/v2/, or leave it out."
            ),
            [LinkedInErrorId.AddressNotAllowed] = new(
                ErrorCategory.SecurityError,
                "A download link or a redirect leads to a host that is not known to be LinkedIn's. Nothing was sent there.",
                "If the host is one of your organization or LinkedIn, add it: Connect-LinkedIn -DownloadHost <host>. The "
                    + "token is not sent there, except with <host>=token."
            ),
            [LinkedInErrorId.InvalidCredentials] = new(
                ErrorCategory.AuthenticationError,
                "LinkedIn gives no token for the client id and secret, or for the refresh token.",
                "Check both in the Developer Portal, and that the application may use this kind of sign-in; a refresh token "
                    + "ends a year after the first sign-in."
            ),
            [LinkedInErrorId.TokenEndpointFailed] = new(
                ErrorCategory.ProtocolError,
                "The address of the token endpoint did not answer as an OAuth token endpoint does: it is wrong, or a proxy "
                    + "or the sign-in page of a network answers in its place.",
                "Check Connect-LinkedIn -TokenUri (or LINKEDIN_TOKEN_URI), and whether this network requires a sign-in."
            ),
            [LinkedInErrorId.SignInFailed] = new(
                ErrorCategory.AuthenticationError,
                "The sign-in in the browser was cancelled, took too long, or cannot happen in this session.",
                "Run it at a prompt where a browser can open, register the redirect address with the application, or connect "
                    + "with -ClientCredential or -AccessToken."
            ),
            [LinkedInErrorId.TokenRejected] = new(
                ErrorCategory.AuthenticationError,
                "LinkedIn did not accept the access token: it is wrong, expired or revoked.",
                "Get a new token and run Connect-LinkedIn again; with -ClientCredential tokens are renewed by themselves."
            ),
            [LinkedInErrorId.AccessDenied] = new(
                ErrorCategory.PermissionDenied,
                "The token is good, but its application or member may not do this.",
                "Check the scopes of the application (r_sales_nav_validation, r_sales_nav_analytics) and the role of the "
                    + "member. Analytics exports require an Advanced or Advanced Plus contract, and resumes the customer's "
                    + "own application."
            ),
            [LinkedInErrorId.NotFound] = new(
                ErrorCategory.ObjectNotFound,
                "LinkedIn does not know what was asked for. It keeps export jobs for a week, and may also answer this way "
                    + "when access is restricted.",
                "Check the id and the CRM instance; create a new job if this one is older than a week; check the permissions "
                    + "of the application."
            ),
            [LinkedInErrorId.BadRequest] = new(
                ErrorCategory.InvalidArgument,
                "LinkedIn refused the request as wrong.",
                "Read LinkedIn's reason in the message; with the trace id its support can find the request."
            ),
            [LinkedInErrorId.ApiVersionRejected] = new(
                ErrorCategory.InvalidArgument,
                "LinkedIn does not serve the version of the API in the request, or requires one.",
                "Connect with another Connect-LinkedIn -ApiVersion (or LINKEDIN_API_VERSION) that LinkedIn's documentation "
                    + "lists as active, or without it for https://api.linkedin.com/v2/."
            ),
            [LinkedInErrorId.RateLimitExceeded] = new(
                ErrorCategory.LimitsExceeded,
                "A limit of LinkedIn on the number of requests was reached, and waiting a little did not help.",
                "Try again later: daily limits begin anew at 00:00 UTC."
            ),
            [LinkedInErrorId.ServerError] = new(
                ErrorCategory.ResourceUnavailable,
                "LinkedIn failed, several times in a row.",
                "Try again later; if it stays, give LinkedIn's support the trace id."
            ),
            [LinkedInErrorId.ConnectionFailed] = new(
                ErrorCategory.ConnectionError,
                "LinkedIn could not be reached, or the connection broke, several times in a row.",
                "Check the network, the proxy and the address (Get-LinkedInConnection)."
            ),
            [LinkedInErrorId.RequestTimedOut] = new(
                ErrorCategory.OperationTimeout,
                "LinkedIn took too long to answer, several times in a row.",
                "Try again later."
            ),
            [LinkedInErrorId.CertificateRejected] = new(
                ErrorCategory.SecurityError,
                "The certificate of the server (or of a proxy that inspects traffic) is not trusted, has expired or is for "
                    + "another name, or no common TLS version exists. The request was not sent.",
                "Install the certificate authority of your organization in the machine's trust store, or check the address, "
                    + "the proxy and the clock of this machine."
            ),
            [LinkedInErrorId.ProxyAuthenticationFailed] = new(
                ErrorCategory.AuthenticationError,
                "The proxy requires a credential, or did not accept the one it got (407). It was not presented again, so "
                    + "that no account is locked.",
                "Connect again with Connect-LinkedIn -Proxy and -ProxyCredential, or correct the credential in HTTPS_PROXY."
            ),
            [LinkedInErrorId.ProxyRejected] = new(
                ErrorCategory.PermissionDenied,
                "The proxy refused to connect to the host.",
                "Have the administrator of the proxy allow the host, or connect with another -Proxy or with -NoProxy."
            ),
            [LinkedInErrorId.UnsupportedEncoding] = new(
                ErrorCategory.InvalidData,
                "The body of a response is compressed in a way that is not supported, or its compressed data is damaged. "
                    + "Nothing was saved.",
                "Check whether a proxy changes the traffic; otherwise report the message."
            ),
            [LinkedInErrorId.CreateOutcomeUnknown] = new(
                ErrorCategory.ConnectionError,
                "The request to create a job was sent and its answer lost, so the job may exist. It was not sent again, "
                    + "which could have made two.",
                "Run the command again: a second job costs only LinkedIn's time, and its files hold the same records. With a "
                    + "checkpoint add -Force, or wait three hours: by then such a job is over, and a new one is made by itself."
            ),
            [LinkedInErrorId.JobIdMissing] = new(
                ErrorCategory.ProtocolError,
                "LinkedIn accepted the request to create a job, and its answer doesn't have the id of the job. The job may "
                    + "exist, but cannot be found without its id.",
                "Run the command again once: a second job costs only LinkedIn's time. With a checkpoint add -Force, or wait "
                    + "three hours. If the error persists, report the message: the API may have changed."
            ),
            [LinkedInErrorId.UnexpectedResponse] = new(
                ErrorCategory.ProtocolError,
                "LinkedIn answered something that its documentation does not allow for.",
                "Try again; if it stays, report it with the message: the API may have changed."
            ),
            [LinkedInErrorId.RequestOutcomeUnknown] = new(
                ErrorCategory.ConnectionError,
                "A POST request was sent and its response lost, so LinkedIn may have carried it out. It was not sent again.",
                "Find out with a GET request whether it was carried out before you send it again."
            ),
            [LinkedInErrorId.InvalidRequest] = new(
                ErrorCategory.InvalidArgument,
                "The path or the body of a request to the API cannot be sent.",
                "Give -Path without a host, such as salesContracts or /rest/tcrmPipelines, and -Body as JSON text or as a "
                    + "hashtable."
            ),
            [LinkedInErrorId.InvalidCrmInstanceId] = new(
                ErrorCategory.InvalidArgument,
                "A CRM instance is named by a URN with two parts in parentheses.",
                "Give it as 'urn:li:crmInstance:(KEY,id)' or 'KEY,id', in quotes, as your CRM Sync configuration has it."
            ),
            [LinkedInErrorId.InvalidContract] = new(
                ErrorCategory.InvalidArgument,
                "A contract is named by its number or by a URN.",
                "Give it as 7001 or urn:li:contract:7001; Get-SalesContract lists yours."
            ),
            [LinkedInErrorId.NoReportingAccess] = new(
                ErrorCategory.PermissionDenied,
                "The signed-in member has a seat on the contract, but neither a reporting nor an administrator role. Nothing "
                    + "was asked of LinkedIn.",
                "Have an administrator of the contract assign the role, or leave it out with Get-SalesContract -ReportingOnly."
            ),
            [LinkedInErrorId.InvalidPeriod] = new(
                ErrorCategory.InvalidArgument,
                "The period ends before it begins, or has not begun yet.",
                "Check -StartAt and -EndAt; a date alone means that day in UTC."
            ),
            [LinkedInErrorId.ExportStartRequired] = new(
                ErrorCategory.InvalidArgument,
                "The checkpoint does not know yet where the first export starts.",
                "Give -ExportStartAt (or -StartAt) as well. It counts for the first run only, so it can stay in the command."
            ),
            [LinkedInErrorId.CheckpointInUse] = new(
                ErrorCategory.ResourceBusy,
                "Another run holds the checkpoint, in this process or another. Nothing was changed.",
                "Let the other run end, or use a checkpoint for each; a run that died holds nothing."
            ),
            [LinkedInErrorId.CheckpointCorrupt] = new(
                ErrorCategory.InvalidData,
                "The checkpoint was edited or is damaged, or a newer version of this module made it. It was left as it is.",
                "Put back a copy, update the module, or move the file away and begin anew with -ExportStartAt (or -StartAt)."
            ),
            [LinkedInErrorId.CheckpointServerMismatch] = new(
                ErrorCategory.InvalidArgument,
                "The checkpoint was made with another server, whose jobs mean nothing at this one. It was left as it is.",
                "Use a checkpoint for each server, or connect to the one that it belongs to."
            ),
            [LinkedInErrorId.ExportJobFailed] = new(
                ErrorCategory.InvalidResult,
                "LinkedIn ended the job without a file.",
                "Create a new job; if that fails too, later or for a shorter period."
            ),
            [LinkedInErrorId.ExportJobNotCompleted] = new(
                ErrorCategory.ResourceUnavailable,
                "The job has no files yet.",
                "Put Wait-ExportJob before Save-ExportFile."
            ),
            [LinkedInErrorId.WaitTimedOut] = new(
                ErrorCategory.OperationTimeout,
                "The time to wait is over. The job was not cancelled and goes on at LinkedIn.",
                "Wait again with the command in the message, now or within a week, or give a longer -Timeout."
            ),
            [LinkedInErrorId.ExportLinksMissing] = new(
                ErrorCategory.ResourceUnavailable,
                "LinkedIn says that the job is completed and gives no download link, although its row count is not 0. The "
                    + "checkpoint was not changed.",
                "Run the command again later: it asks for the links again, for a week. If the error persists, create a new "
                    + "job for the same period."
            ),
            [LinkedInErrorId.SaveTimedOut] = new(
                ErrorCategory.OperationTimeout,
                "The time of -StopAfter is over, and a file was not saved completely. Nothing was left under its name.",
                "Run Save-ExportFile again, with a longer -StopAfter or without it: what is already saved is not fetched again."
            ),
            [LinkedInErrorId.DownloadIncomplete] = new(
                ErrorCategory.ReadError,
                "A file broke off, several times in a row. Nothing was left under its name.",
                "Run Save-ExportFile again: what is already saved is not fetched again."
            ),
            [LinkedInErrorId.DownloadStalled] = new(
                ErrorCategory.OperationTimeout,
                "A download stopped sending, several times in a row. Nothing was left under its name.",
                "Run Save-ExportFile again: what is already saved is not fetched again."
            ),
            [LinkedInErrorId.DownloadRejected] = new(
                ErrorCategory.PermissionDenied,
                "LinkedIn refused a download link, and a fresh one as well.",
                "Check that the token belongs to the application that created the job."
            ),
            [LinkedInErrorId.InvalidExportFile] = new(
                ErrorCategory.InvalidData,
                "What arrived is a web page, JSON, plain text or binary data, and not a table: perhaps an error page of a "
                    + "proxy. Nothing was saved.",
                "Check the proxy; if there is none, try again later and report the message."
            ),
            [LinkedInErrorId.FileExists] = new(
                ErrorCategory.ResourceExists,
                "A file of that name is there, and it is not what would be written, or -NoClobber protects it. It was not "
                    + "touched.",
                "Move it away or choose another place; to write over it use -Force, or leave out -NoClobber."
            ),
            [LinkedInErrorId.ExportFileModified] = new(
                ErrorCategory.InvalidData,
                "The file is not what it was when it was saved: its length, hash, rows or columns are others.",
                "Put back a copy, or save the export again: Save-ExportFile -Force, within a week of the job."
            ),
            [LinkedInErrorId.ManifestMissing] = new(
                ErrorCategory.ObjectNotFound,
                "There is no manifest beside the file that this version understands, so nothing says what it was when it was "
                    + "saved.",
                "Move the file together with its .manifest.json; a file that Save-ExportFile did not save cannot be tested."
            ),
            [LinkedInErrorId.FileWriteFailed] = new(
                ErrorCategory.WriteError,
                "A file could not be written. Nothing was left under its name.",
                "Check the free space, the permissions, and whether another process saves the same file."
            ),
            [LinkedInErrorId.FileReadFailed] = new(
                ErrorCategory.ReadError,
                "A file could not be read.",
                "Check the permissions, and whether another process holds the file."
            ),
            [LinkedInErrorId.InvalidPath] = new(
                ErrorCategory.ObjectNotFound,
                "A path leads to no file, or to something that is not in the file system.",
                "Check the path; for names with [ or ] use -LiteralPath."
            ),
            [LinkedInErrorId.UnknownExportType] = new(
                ErrorCategory.InvalidData,
                "The columns of a file, or the properties of an object, are those of no known export.",
                "Specify what a file contains with -ExportType, and -Delimiter or -Encoding where the first row looks wrong. "
                    + "Objects need the properties that Import-ExportFile gives them."
            ),
            [LinkedInErrorId.MissingColumn] = new(
                ErrorCategory.InvalidData,
                "The file lacks a documented column, and -Strict was specified, none of the documented columns is there, or "
                    + "the column is a key.",
                "Check -ExportType and -Delimiter. Without -Strict, a file that has some of the columns is read, and the "
                    + "properties of the others are null."
            ),
            [LinkedInErrorId.DuplicateColumn] = new(
                ErrorCategory.InvalidData,
                "The file has two columns of the same name.",
                "Rename one of them in a copy of the file and import the copy."
            ),
            [LinkedInErrorId.MalformedRow] = new(
                ErrorCategory.ParserError,
                "A row of the file cannot be read. The records before it were output.",
                "If the file is not UTF-8, specify -Encoding, for example windows-1252. Otherwise save the export again, or "
                    + "continue after such rows with -MalformedRow Skip, which reports each."
            ),
            [LinkedInErrorId.InvalidIntegrationContext] = new(
                ErrorCategory.InvalidArgument,
                "The integration context is not in a form that LinkedIn uses.",
                "Give the number of the organization that LinkedIn named at onboarding, or its URN, such as "
                    + "urn:li:organization:1234567890."
            ),
            [LinkedInErrorId.InvalidResumeRecord] = new(
                ErrorCategory.InvalidData,
                "A record has an empty or impossible id, a time that cannot be read, or not exactly one of Path and "
                    + "ResumeFile. It was not sent.",
                "Correct the record; times are 2025-01-31, 2025-01-31T14:30:00Z or milliseconds since 1970. Then sync it "
                    + "again: what is in sync already costs nothing."
            ),
            [LinkedInErrorId.ResumeTooLarge] = new(
                ErrorCategory.LimitsExceeded,
                "LinkedIn takes resumes of 10 MB at most.",
                "Make the file smaller, for example by saving its pictures at a lower resolution, and sync it again."
            ),
            [LinkedInErrorId.UnsupportedResumeFile] = new(
                ErrorCategory.InvalidData,
                "LinkedIn takes PDF, DOC and TXT, and the name or the content of the file says that it is something else, or "
                    + "nothing.",
                "Save the document as PDF, or as DOC (Word 97-2003), and sync it again."
            ),
            [LinkedInErrorId.UploadRejected] = new(
                ErrorCategory.PermissionDenied,
                "LinkedIn gave a link for a file and then refused it, and a fresh one as well. The other files are not "
                    + "touched by that.",
                "Run the sync again. If the same file fails again, look at it: its name and content are all that sets it "
                    + "apart from the others."
            ),
            [LinkedInErrorId.ResumeNotSynced] = new(
                ErrorCategory.InvalidResult,
                "LinkedIn refused the record of one resume, or left it out of its answer. The other records of the batch are "
                    + "not touched by that.",
                "Read LinkedIn's words in the message, correct the record, and run the sync again: only what is not in sync "
                    + "is sent."
            ),
            [LinkedInErrorId.OrganizationMismatch] = new(
                ErrorCategory.InvalidResult,
                "LinkedIn's answer names the record of a resume with another organization than the request. Whether it was "
                    + "accepted is not certain, so it does not count as synced.",
                "Check that -IntegrationContext is the organization that LinkedIn named at onboarding, and run the command again."
            ),
            [LinkedInErrorId.DailyQuotaExceeded] = new(
                ErrorCategory.LimitsExceeded,
                "The resume requests of the day are used up; LinkedIn counts anew from 00:00 UTC on.",
                "Run the same command again after the time in the message, or let it wait with -WaitForQuota."
            ),
            [LinkedInErrorId.RemovalLimitExceeded] = new(
                ErrorCategory.LimitsExceeded,
                "More records of the ledger are missing from the input than -MaxRemovals allows. None was removed.",
                "Check that the input is complete. If the records are to be removed, run the command again with a higher "
                    + "-MaxRemovals, as a number or as a percentage of the ledger."
            ),
            [LinkedInErrorId.RemovalInputIncomplete] = new(
                ErrorCategory.InvalidData,
                "The input is empty, or has records whose ids cannot be used, so which records are missing from it is not "
                    + "certain. None was removed.",
                "Correct the input and run the command again. To remove all records of a ledger, pass the output of "
                    + "Get-CandidateResumeSync -Result to Remove-CandidateResume."
            ),
            [LinkedInErrorId.LedgerPathMissing] = new(
                ErrorCategory.InvalidArgument,
                "Without a ledger nothing is known of earlier runs, so nothing can be missing from the input.",
                "Give -LedgerPath, or leave out -RemoveMissing."
            ),
            [LinkedInErrorId.LedgerNotFound] = new(
                ErrorCategory.ObjectNotFound,
                "The folder has no ledger of a resume sync.",
                "Give the folder that Sync-CandidateResume was given with -LedgerPath."
            ),
            [LinkedInErrorId.LedgerInUse] = new(
                ErrorCategory.ResourceBusy,
                "Another process works with the ledger; two at a time would send records twice.",
                "Wait until the other sync has ended, or give this one its own part of the candidates and its own ledger."
            ),
            [LinkedInErrorId.LedgerCorrupt] = new(
                ErrorCategory.InvalidData,
                "The ledger is not as it was written: something else has changed it, or the disk has.",
                "Restore the folder from a backup; or move it away and sync everything again, which uploads all files anew."
            ),
            [LinkedInErrorId.LedgerMismatch] = new(
                ErrorCategory.InvalidArgument,
                "The ledger belongs to another server than the connection, or was written by a newer version of the module.",
                "Give the ledger of this server, or a new folder; or update the module."
            ),
            [LinkedInErrorId.ExportTypeMismatch] = new(
                ErrorCategory.InvalidArgument,
                "The files that are to be compared are exports of different kinds. Nothing was compared.",
                "Compare files of one kind; where a file is not recognized, specify the type of all of them with -ExportType."
            ),
            [LinkedInErrorId.InternalError] = new(
                ErrorCategory.InvalidOperation,
                "An unexpected exception ended the work on one item. Other items are not affected.",
                "Run the command again for this item. If the error persists, report it with the output of Get-Error."
            ),
        };

    /// <summary>The record that PowerShell shows.</summary>
    internal static ErrorRecord ToRecord(this LinkedInException exception)
    {
        Entry entry = Entries[exception.Id];
        return new ErrorRecord(exception, exception.Id.ToString(), entry.Category, exception.Target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = entry.RecommendedAction },
        };
    }
}
