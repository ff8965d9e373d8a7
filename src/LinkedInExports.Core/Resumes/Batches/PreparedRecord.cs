using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>A record whose file is uploaded, so that it can be sent in a batch.</summary>
/// <param name="Key">The key of the record.</param>
/// <param name="Input">The input of the record.</param>
/// <param name="ResumeFile">LinkedIn's name of the file, <c>urn:li:ambryBlob:/…</c>.</param>
internal sealed record PreparedRecord(ResumeKey Key, ResumeInput Input, string ResumeFile)
{
    /// <summary>The SHA-256 of the content; null if the input has only LinkedIn's name of the file.</summary>
    internal string? Sha256 { get; init; }

    /// <summary>The stamp of the file; null if it has to be read again.</summary>
    internal FileStamp? File { get; init; }

    /// <summary>The time of the upload, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    internal long? UploadedAt { get; init; }

    /// <summary>The retention period of the file in milliseconds; null for none, or for a period in months.</summary>
    internal long? RetainFor { get; init; }

    /// <summary>The retention period in calendar months.</summary>
    internal long? RetainMonths { get; init; }

    /// <summary>Whether an earlier run uploaded the file.</summary>
    internal bool IsReused { get; init; }

    /// <summary>Whether this run uploaded the file.</summary>
    internal bool IsNew => Sha256 is not null && !IsReused;
}
