namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>One resume as it was given.</summary>
public sealed record ResumeInput
{
    /// <summary>The candidate's id in the CRM.</summary>
    public string? CandidateId { get; init; }

    /// <summary>The resume's id in the CRM.</summary>
    public string? ResumeId { get; init; }

    /// <summary>When the record was created in the CRM, in any form that <see cref="Resumes.CreatedAt"/> reads.</summary>
    public object? CreatedAt { get; init; }

    /// <summary>The full path of the file, or null.</summary>
    public string? Path { get; init; }

    /// <summary>LinkedIn's name of a file that is uploaded already, or null.</summary>
    public string? ResumeFile { get; init; }
}
