namespace LinkedInExports;

/// <summary>
/// The stable name of each failure; it is the first part of <c>FullyQualifiedErrorId</c>. What each means and what to
/// do about it is in the module's error catalogue.
/// </summary>
public enum LinkedInErrorId
{
    /// <summary>There is no connection, and the environment holds no token.</summary>
    NotConnected,

    /// <summary>The environment variables for an unattended connection are missing or incomplete.</summary>
    EnvironmentIncomplete,

    /// <summary>An address given by the user cannot be used.</summary>
    InvalidAddress,

    /// <summary>A link leads to a host that must not see the token.</summary>
    AddressNotAllowed,

    /// <summary>LinkedIn gives no token for the credentials.</summary>
    InvalidCredentials,

    /// <summary>What answers at the address of the token endpoint is not one.</summary>
    TokenEndpointFailed,

    /// <summary>A sign-in in the browser did not come to its end.</summary>
    SignInFailed,

    /// <summary>LinkedIn refused the token (401).</summary>
    TokenRejected,

    /// <summary>LinkedIn refused access (403).</summary>
    AccessDenied,

    /// <summary>LinkedIn does not know it (404).</summary>
    NotFound,

    /// <summary>LinkedIn refused the request as wrong (other 4xx).</summary>
    BadRequest,

    /// <summary>LinkedIn does not serve the version of the API that was asked for (426).</summary>
    ApiVersionRejected,

    /// <summary>A limit of LinkedIn was reached (429).</summary>
    RateLimitExceeded,

    /// <summary>LinkedIn failed (5xx).</summary>
    ServerError,

    /// <summary>LinkedIn could not be reached, or the connection broke.</summary>
    ConnectionFailed,

    /// <summary>LinkedIn did not answer in time.</summary>
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

    /// <summary>A job may or may not have been created.</summary>
    CreateOutcomeUnknown,

    /// <summary>LinkedIn accepted a job, and its answer doesn't have the id of it.</summary>
    JobIdMissing,

    /// <summary>LinkedIn's answer is not what its documentation says.</summary>
    UnexpectedResponse,

    /// <summary>A request may or may not have been carried out.</summary>
    RequestOutcomeUnknown,

    /// <summary>A request to the API cannot be sent as it is given.</summary>
    InvalidRequest,

    /// <summary>The id of a CRM instance is not in the form that LinkedIn uses.</summary>
    InvalidCrmInstanceId,

    /// <summary>A contract is not in a form that LinkedIn uses.</summary>
    InvalidContract,

    /// <summary>The member may not export the data of a contract.</summary>
    NoReportingAccess,

    /// <summary>A period ends before it begins, or lies in the future.</summary>
    InvalidPeriod,

    /// <summary>The first run with a checkpoint has to be told where to start.</summary>
    ExportStartRequired,

    /// <summary>Another run holds the checkpoint.</summary>
    CheckpointInUse,

    /// <summary>A checkpoint is damaged, or was made by a newer version.</summary>
    CheckpointCorrupt,

    /// <summary>A checkpoint belongs to another server.</summary>
    CheckpointServerMismatch,

    /// <summary>LinkedIn ended the job without a file.</summary>
    ExportJobFailed,

    /// <summary>The job is not finished, so there is nothing to save yet.</summary>
    ExportJobNotCompleted,

    /// <summary>The timeout has expired; the job continues at LinkedIn.</summary>
    WaitTimedOut,

    /// <summary>A completed job has no download link, and does not have a row count of 0.</summary>
    ExportLinksMissing,

    /// <summary>The time for saving is over; what was not saved yet is left to the next run.</summary>
    SaveTimedOut,

    /// <summary>A file did not arrive whole.</summary>
    DownloadIncomplete,

    /// <summary>A download stopped sending.</summary>
    DownloadStalled,

    /// <summary>A download link was refused, and a fresh one too.</summary>
    DownloadRejected,

    /// <summary>What arrived is not the export.</summary>
    InvalidExportFile,

    /// <summary>A file of that name is there and is not the verified export.</summary>
    FileExists,

    /// <summary>A saved file is not what it was when it was saved.</summary>
    ExportFileModified,

    /// <summary>Nothing beside a file says what it was when it was saved.</summary>
    ManifestMissing,

    /// <summary>A file could not be written.</summary>
    FileWriteFailed,

    /// <summary>A file could not be read.</summary>
    FileReadFailed,

    /// <summary>A path names no file, or nothing in the file system.</summary>
    InvalidPath,

    /// <summary>The columns of a file fit no export.</summary>
    UnknownExportType,

    /// <summary>A documented column is missing from a file.</summary>
    MissingColumn,

    /// <summary>Two columns of a file have the same name.</summary>
    DuplicateColumn,

    /// <summary>A row of a file cannot be read.</summary>
    MalformedRow,

    /// <summary>An integration context is not in a form that LinkedIn uses.</summary>
    InvalidIntegrationContext,

    /// <summary>The record of a resume has a wrong id, time or source.</summary>
    InvalidResumeRecord,

    /// <summary>A resume has more than 10 MB.</summary>
    ResumeTooLarge,

    /// <summary>A resume is not a PDF, DOC or TXT file.</summary>
    UnsupportedResumeFile,

    /// <summary>An upload link was refused, and a fresh one too.</summary>
    UploadRejected,

    /// <summary>LinkedIn did not take the record of a resume, or did not answer for it.</summary>
    ResumeNotSynced,

    /// <summary>LinkedIn answered for the record of a resume with another organization than was asked for.</summary>
    OrganizationMismatch,

    /// <summary>The requests of the day are used up.</summary>
    DailyQuotaExceeded,

    /// <summary>More records are missing from the input of a sync than may be removed.</summary>
    RemovalLimitExceeded,

    /// <summary>The input of a sync is empty or has unusable ids, so what is missing from it is not certain.</summary>
    RemovalInputIncomplete,

    /// <summary>What was asked for needs a ledger.</summary>
    LedgerPathMissing,

    /// <summary>There is no ledger in a folder.</summary>
    LedgerNotFound,

    /// <summary>Another process works with a ledger.</summary>
    LedgerInUse,

    /// <summary>A ledger is not as it was written.</summary>
    LedgerCorrupt,

    /// <summary>A ledger belongs to another server, or to a newer version of the module.</summary>
    LedgerMismatch,

    /// <summary>Files that are to be compared are exports of different kinds.</summary>
    ExportTypeMismatch,

    /// <summary>An exception that is a defect of this module ended one item.</summary>
    InternalError,
}
