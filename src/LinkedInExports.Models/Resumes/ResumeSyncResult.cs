namespace LinkedInExports;

/// <summary>What became of one candidate's resume, one object for each that was given.</summary>
public sealed class ResumeSyncResult
{
    /// <summary>The candidate's id in the CRM, LinkedIn's <c>tcrmCandidateId</c>.</summary>
    public string CandidateId { get; init; } = "";

    /// <summary>The resume's id in the CRM, LinkedIn's <c>tcrmResumeId</c>.</summary>
    public string ResumeId { get; init; } = "";

    /// <summary>What became of it.</summary>
    public ResumeSyncOutcome Outcome { get; init; }

    /// <summary>LinkedIn's status for this record, 204 for a success; null when it gave none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it is not in sync; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>When that was settled, UTC; null while it is pending.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{CandidateId}/{ResumeId}: {Outcome}";
}
