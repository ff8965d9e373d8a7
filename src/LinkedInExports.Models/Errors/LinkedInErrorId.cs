namespace LinkedInExports;

/// <summary>
/// The stable id of an error, which is the first part of <c>FullyQualifiedErrorId</c>. The error catalog describes each error
/// and the recommended action.
/// </summary>
public enum LinkedInErrorId : long
{
    /// <summary>There is no connection, and the environment variables do not have a token.</summary>
    NotConnected,

    /// <summary>The environment variables for an unattended connection are missing or incomplete.</summary>
    EnvironmentIncomplete,

    /// <summary>An address is invalid.</summary>
    InvalidAddress,

    /// <summary>A link has a host that must not receive the token.</summary>
    AddressNotAllowed,

    /// <summary>LinkedIn rejected the credentials.</summary>
    InvalidCredentials,

    /// <summary>The token endpoint returned an unexpected response.</summary>
    TokenEndpointFailed,

    /// <summary>The sign-in in the browser was not completed.</summary>
    SignInFailed,

    /// <summary>A vault of secrets could not be used.</summary>
    VaultFailed,

    /// <summary>LinkedIn rejected the token (401).</summary>
    TokenRejected,

    /// <summary>LinkedIn denied access (403).</summary>
    AccessDenied,

    /// <summary>The item does not exist at LinkedIn (404).</summary>
    NotFound,

    /// <summary>LinkedIn rejected the request as invalid (other 4xx).</summary>
    BadRequest,

    /// <summary>LinkedIn does not support the requested API version (426).</summary>
    ApiVersionRejected,

    /// <summary>A rate limit of LinkedIn was exceeded (429).</summary>
    RateLimitExceeded,

    /// <summary>LinkedIn returned a server error (5xx).</summary>
    ServerError,

    /// <summary>LinkedIn could not be reached, or the connection was lost.</summary>
    ConnectionFailed,

    /// <summary>LinkedIn did not respond in time.</summary>
    RequestTimedOut,

    /// <summary>
    /// The certificate of a server is not trusted, has expired or belongs to another name, or no common TLS version exists.
    /// </summary>
    CertificateRejected,

    /// <summary>A proxy requires other credentials (407).</summary>
    ProxyAuthenticationFailed,

    /// <summary>A proxy refused to connect to a host.</summary>
    ProxyRejected,

    /// <summary>A response uses a content encoding that is not supported, or its encoded body is damaged.</summary>
    UnsupportedEncoding,

    /// <summary>It is unknown whether a job was created.</summary>
    CreateOutcomeUnknown,

    /// <summary>LinkedIn accepted a job, but the response does not have its id.</summary>
    JobIdMissing,

    /// <summary>A response of LinkedIn differs from its documentation.</summary>
    UnexpectedResponse,

    /// <summary>It is unknown whether a request was processed.</summary>
    RequestOutcomeUnknown,

    /// <summary>A request to the API is invalid and was not sent.</summary>
    InvalidRequest,

    /// <summary>The id of a CRM instance has an invalid format.</summary>
    InvalidCrmInstanceId,

    /// <summary>The id of a contract has an invalid format.</summary>
    InvalidContract,

    /// <summary>The member cannot export the data of a contract.</summary>
    NoReportingAccess,

    /// <summary>A period ends before it begins or is in the future.</summary>
    InvalidPeriod,

    /// <summary>The first run with a checkpoint requires a start time.</summary>
    ExportStartRequired,

    /// <summary>Another run uses the checkpoint.</summary>
    CheckpointInUse,

    /// <summary>A checkpoint is corrupt or was written by a newer version.</summary>
    CheckpointCorrupt,

    /// <summary>A checkpoint belongs to another server.</summary>
    CheckpointServerMismatch,

    /// <summary>LinkedIn ended the job without a file.</summary>
    ExportJobFailed,

    /// <summary>The job is not completed, so its files cannot be saved.</summary>
    ExportJobNotCompleted,

    /// <summary>The job history does not have the job.</summary>
    JobNotInHistory,

    /// <summary>The timeout has expired; the job continues at LinkedIn.</summary>
    WaitTimedOut,

    /// <summary>A completed job has neither a download link nor a row count of 0.</summary>
    ExportLinksMissing,

    /// <summary>The timeout for saving has expired. The next run saves the remaining files.</summary>
    SaveTimedOut,

    /// <summary>The download of a file is incomplete.</summary>
    DownloadIncomplete,

    /// <summary>A download stopped sending.</summary>
    DownloadStalled,

    /// <summary>LinkedIn rejected a download link and a new one.</summary>
    DownloadRejected,

    /// <summary>The downloaded content is not an export file.</summary>
    InvalidExportFile,

    /// <summary>None of the input of a report could be read.</summary>
    ReportWithoutInput,

    /// <summary>A file with the same name exists and is not the verified export.</summary>
    FileExists,

    /// <summary>A saved file was modified.</summary>
    ExportFileModified,

    /// <summary>A saved file does not have a manifest.</summary>
    ManifestMissing,

    /// <summary>Files are not exactly the parts of their export jobs.</summary>
    PartsMismatch,

    /// <summary>A file could not be written.</summary>
    FileWriteFailed,

    /// <summary>A file could not be read.</summary>
    FileReadFailed,

    /// <summary>A path does not exist or is not a file.</summary>
    InvalidPath,

    /// <summary>The columns of a file do not match any export type.</summary>
    UnknownExportType,

    /// <summary>A file was written from records and is not a file of LinkedIn.</summary>
    ConvertedFile,

    /// <summary>A documented column is missing from a file.</summary>
    MissingColumn,

    /// <summary>Two columns of a file have the same name.</summary>
    DuplicateColumn,

    /// <summary>The properties of a record differ from the columns of the file.</summary>
    ColumnMismatch,

    /// <summary>A row of a file cannot be read.</summary>
    MalformedRow,

    /// <summary>An integration context has an invalid format.</summary>
    InvalidIntegrationContext,

    /// <summary>The record of a resume has an invalid id, time or source.</summary>
    InvalidResumeRecord,

    /// <summary>A resume is larger than 10 MB.</summary>
    ResumeTooLarge,

    /// <summary>A resume is not a PDF, DOC or TXT file.</summary>
    UnsupportedResumeFile,

    /// <summary>LinkedIn rejected an upload link and a new one.</summary>
    UploadRejected,

    /// <summary>LinkedIn rejected the record of a resume or returned no result for it.</summary>
    ResumeNotSynced,

    /// <summary>LinkedIn returned a result for the record of a resume with another organization.</summary>
    OrganizationMismatch,

    /// <summary>The daily quota of requests is used up.</summary>
    DailyQuotaExceeded,

    /// <summary>More records are missing from the input of a sync than the limit allows to remove.</summary>
    RemovalLimitExceeded,

    /// <summary>The input of a sync is empty or has invalid ids, so missing records cannot be determined.</summary>
    RemovalInputIncomplete,

    /// <summary>The operation requires a ledger.</summary>
    LedgerPathMissing,

    /// <summary>A folder does not contain a ledger.</summary>
    LedgerNotFound,

    /// <summary>Another process uses the ledger.</summary>
    LedgerInUse,

    /// <summary>A ledger is corrupt.</summary>
    LedgerCorrupt,

    /// <summary>A ledger belongs to another server or another version of the module.</summary>
    LedgerMismatch,

    /// <summary>The compared files have different export types.</summary>
    ExportTypeMismatch,

    /// <summary>An unexpected exception occurred in the module.</summary>
    InternalError,
}
