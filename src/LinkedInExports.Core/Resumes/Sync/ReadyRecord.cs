using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>A record whose file is at LinkedIn; what is left is to tie the two.</summary>
/// <param name="Input">What was given.</param>
/// <param name="Record">What is sent.</param>
internal sealed record ReadyRecord(SpooledInput Input, ResumeRecord Record)
{
    /// <summary>SHA-256 of the content; null when only LinkedIn's name of it is known.</summary>
    internal string? Sha256 { get; init; }

    /// <summary>When it was uploaded, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    internal long? UploadedAt { get; init; }

    /// <summary>How long LinkedIn keeps it from then on, in milliseconds; null for ever.</summary>
    internal long? RetainFor { get; init; }

    /// <summary>The same in months of the calendar.</summary>
    internal long? RetainMonths { get; init; }

    /// <summary>Whether the file was uploaded by an earlier run.</summary>
    internal bool IsReused { get; init; }

    /// <summary>Whether the file was uploaded just now.</summary>
    internal bool IsNew => Sha256 is not null && !IsReused;

    /// <summary>How often LinkedIn was asked to take it.</summary>
    internal int Tries { get; init; }
}
