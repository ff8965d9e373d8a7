namespace LinkedInExports;

/// <summary>Specifies the reason for the outcome of a record of a resume sync.</summary>
public enum ResumeSyncReason : long
{
    /// <summary>The CandidateId or ResumeId is empty, too long, or contains invalid characters.</summary>
    InvalidId,

    /// <summary>CreatedAt is empty, ambiguous, out of range, or not a time.</summary>
    InvalidDate,

    /// <summary>The record has no file, or both a Path and a ResumeFile, or an invalid ResumeFile.</summary>
    InvalidSource,

    /// <summary>A later record has the same candidate and resume, and is used instead.</summary>
    Superseded,

    /// <summary>The file does not exist.</summary>
    Missing,

    /// <summary>The path is a folder, a device, or another item that is not a regular file.</summary>
    NotAFile,

    /// <summary>The file cannot be read.</summary>
    Unreadable,

    /// <summary>The file is empty.</summary>
    Empty,

    /// <summary>The file exceeds LinkedIn's limit of 10 MB.</summary>
    TooLarge,

    /// <summary>The file is not a PDF, DOC or TXT file, or its content does not match its name.</summary>
    WrongType,

    /// <summary>The file was changed while it was being uploaded.</summary>
    Modified,

    /// <summary>The upload of the file failed.</summary>
    UploadFailed,

    /// <summary>LinkedIn rejected the record or the request.</summary>
    RejectedByLinkedIn,

    /// <summary>LinkedIn may have processed the record, but returned no result or a server error.</summary>
    OutcomeUnknown,

    /// <summary>The requests of the day are used up.</summary>
    QuotaExceeded,

    /// <summary>The time of the run ended.</summary>
    TimeExpired,

    /// <summary>The run was stopped, because further requests would fail for the same reason.</summary>
    RunStopped,

    /// <summary>The file is uploaded, and LinkedIn has not confirmed the record.</summary>
    NotLinked,

    /// <summary>The resume to remove does not exist at LinkedIn.</summary>
    NotFound,

    /// <summary>The module failed unexpectedly.</summary>
    InternalError,
}
