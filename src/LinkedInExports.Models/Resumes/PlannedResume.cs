namespace LinkedInExports;

/// <summary>What a resume sync would do with one record.</summary>
public sealed class PlannedResume
{
    /// <summary>The id of the candidate in the CRM, LinkedIn's <c>tcrmCandidateId</c>.</summary>
    public string CandidateId { get; init; } = "";

    /// <summary>The id of the resume in the CRM, LinkedIn's <c>tcrmResumeId</c>.</summary>
    public string ResumeId { get; init; } = "";

    /// <summary>What the sync would do.</summary>
    public PlannedResumeAction Action { get; init; }

    /// <summary>The cause of a rejection, or null. Records with the same problem have the same value.</summary>
    public ResumeSyncReason? ReasonId { get; init; }

    /// <summary>The reason of a rejection, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The full path of the file, or null.</summary>
    public string? Path { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{CandidateId}/{ResumeId}: {Action}";
}
