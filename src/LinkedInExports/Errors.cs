using System.Management.Automation;

namespace LinkedInExports;

/// <summary>The error catalogue: for each failure its category, what it means and what to do.</summary>
internal static class Errors
{
    /// <summary>One entry.</summary>
    internal readonly record struct Entry(ErrorCategory Category, string Meaning, string Remedy);

    /// <summary>All of them; a test sees to it that none is missing.</summary>
    internal static IReadOnlyDictionary<LinkedInErrorId, Entry> Catalogue { get; } = new Dictionary<LinkedInErrorId, Entry>
    {
        [LinkedInErrorId.NotConnected] = new(ErrorCategory.ConnectionError,
            "There is no connection to LinkedIn in this runspace, and the environment has no token for one.",
            "Run Connect-LinkedIn first, pass -Connection, or set LINKEDIN_ACCESS_TOKEN."),
        [LinkedInErrorId.EnvironmentIncomplete] = new(ErrorCategory.InvalidArgument,
            "The environment variables for an unattended connection are missing or cannot be used.",
            "Set LINKEDIN_ACCESS_TOKEN, and LINKEDIN_BASE_URI only for another server than LinkedIn's."),
        [LinkedInErrorId.InvalidAddress] = new(ErrorCategory.InvalidArgument,
            "The address of the API is not one that a token may be sent to.",
            "Give an https address, such as https://api.linkedin.com/v2/, or leave it out."),
        [LinkedInErrorId.AddressNotAllowed] = new(ErrorCategory.SecurityError,
            "A download link or a redirect leads to a host that is not known to be LinkedIn's. Nothing was sent there.",
            "If the host is LinkedIn's, name it: Connect-LinkedIn -DownloadHost www.linkedin.com, <host>."),
        [LinkedInErrorId.TokenRefused] = new(ErrorCategory.AuthenticationError,
            "LinkedIn did not accept the access token: it is wrong, expired or revoked.",
            "Get a new token and run Connect-LinkedIn again."),
        [LinkedInErrorId.AccessDenied] = new(ErrorCategory.PermissionDenied,
            "The token is good, but its application or member may not do this.",
            "Check the scopes of the application (r_sales_nav_validation for validation exports) and the role of the member."),
        [LinkedInErrorId.NotFound] = new(ErrorCategory.ObjectNotFound,
            "LinkedIn does not know what was asked for. It keeps export jobs for a week, and may also answer this way when access is restricted.",
            "Check the id and the CRM instance; create a new job if this one is older than a week; check the permissions of the application."),
        [LinkedInErrorId.RequestRefused] = new(ErrorCategory.InvalidArgument,
            "LinkedIn refused the request as wrong.",
            "Read LinkedIn's reason in the message; with the trace id its support can find the request."),
        [LinkedInErrorId.LimitReached] = new(ErrorCategory.LimitsExceeded,
            "A limit of LinkedIn on the number of requests was reached, and waiting a little did not help.",
            "Try again later: daily limits begin anew at 00:00 UTC."),
        [LinkedInErrorId.ServerFailed] = new(ErrorCategory.ResourceUnavailable,
            "LinkedIn failed, several times in a row.",
            "Try again later; if it stays, give LinkedIn's support the trace id."),
        [LinkedInErrorId.ConnectionFailed] = new(ErrorCategory.ConnectionError,
            "LinkedIn could not be reached, or the connection broke, several times in a row.",
            "Check the network, the proxy and the address (Get-LinkedInConnection)."),
        [LinkedInErrorId.RequestTimedOut] = new(ErrorCategory.OperationTimeout,
            "LinkedIn took too long to answer, several times in a row.",
            "Try again later."),
        [LinkedInErrorId.CreateOutcomeUnknown] = new(ErrorCategory.ConnectionError,
            "The request to create a job was sent and its answer lost, so the job may exist. It was not sent again, which could have made two.",
            "Run the command again: a second job costs only LinkedIn's time, and its files hold the same records."),
        [LinkedInErrorId.UnexpectedResponse] = new(ErrorCategory.ProtocolError,
            "LinkedIn answered something that its documentation does not allow for.",
            "Try again; if it stays, report it with the message: the API may have changed."),
        [LinkedInErrorId.InvalidCrmInstanceId] = new(ErrorCategory.InvalidArgument,
            "A CRM instance is named by a URN with two parts in parentheses.",
            "Give it as 'urn:li:crmInstance:(KEY,id)', in quotes, as your CRM Sync configuration has it."),
        [LinkedInErrorId.ExportJobFailed] = new(ErrorCategory.InvalidResult,
            "LinkedIn ended the job without a file.",
            "Create a new job; if that fails too, later or for a shorter period."),
        [LinkedInErrorId.ExportJobNotCompleted] = new(ErrorCategory.ResourceUnavailable,
            "The job has no files yet.",
            "Put Wait-ExportJob before Save-ExportFile."),
        [LinkedInErrorId.WaitTimedOut] = new(ErrorCategory.OperationTimeout,
            "The time to wait is over. The job was not cancelled and goes on at LinkedIn.",
            "Wait again with the command in the message, now or within a week, or give a longer -Timeout."),
        [LinkedInErrorId.DownloadIncomplete] = new(ErrorCategory.ReadError,
            "A file broke off, several times in a row. Nothing was left under its name.",
            "Run Save-ExportFile again: what is already saved is not fetched again."),
        [LinkedInErrorId.DownloadStalled] = new(ErrorCategory.OperationTimeout,
            "A download stopped sending, several times in a row. Nothing was left under its name.",
            "Run Save-ExportFile again: what is already saved is not fetched again."),
        [LinkedInErrorId.DownloadRefused] = new(ErrorCategory.PermissionDenied,
            "LinkedIn refused a download link, and a fresh one as well.",
            "Check that the token belongs to the application that created the job."),
        [LinkedInErrorId.DownloadNotAnExport] = new(ErrorCategory.InvalidData,
            "What arrived is not an export file: perhaps a page of a proxy, or LinkedIn changed the columns.",
            "Check the proxy; if there is none, report the message."),
        [LinkedInErrorId.FileExists] = new(ErrorCategory.ResourceExists,
            "A file of that name is there, and is not the export as it was saved. It was not touched.",
            "Move it away, choose another -Destination, or write over it with -Force."),
        [LinkedInErrorId.FileWriteFailed] = new(ErrorCategory.WriteError,
            "A file could not be written. Nothing was left under its name.",
            "Check the free space, the permissions, and whether another process saves the same file."),
        [LinkedInErrorId.FileReadFailed] = new(ErrorCategory.ReadError,
            "A file could not be read.",
            "Check the permissions, and whether another process holds the file."),
        [LinkedInErrorId.InvalidPath] = new(ErrorCategory.ObjectNotFound,
            "A path leads to no file, or to something that is not in the file system.",
            "Check the path; for names with [ or ] use -LiteralPath."),
        [LinkedInErrorId.UnknownExportKind] = new(ErrorCategory.InvalidData,
            "The columns of the file are those of no known export.",
            "Say what it is with -Kind; if that fails, the error names the column that is missing."),
        [LinkedInErrorId.ColumnMissing] = new(ErrorCategory.InvalidData,
            "The file lacks a column that every export of its kind has.",
            "Save the export again; if the column is still missing, LinkedIn has changed its format."),
        [LinkedInErrorId.ColumnRepeated] = new(ErrorCategory.InvalidData,
            "The file has two columns of the same name.",
            "Rename one of them in a copy of the file and import the copy."),
        [LinkedInErrorId.MalformedRow] = new(ErrorCategory.ParserError,
            "A row of the file cannot be read. The records before it were output.",
            "Save the export again; or pass over such rows with -MalformedRow Skip, which reports each."),
    };

    /// <summary>The record that PowerShell shows.</summary>
    internal static ErrorRecord ToRecord(this LinkedInException exception)
    {
        Entry entry = Catalogue[exception.Id];
        return new ErrorRecord(exception, exception.Id.ToString(), entry.Category, exception.Target)
        {
            ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = entry.Remedy },
        };
    }
}
