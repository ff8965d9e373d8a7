namespace LinkedInExports;

/// <summary>The result for one input record of a resume sync.</summary>
public sealed class ResumeSyncResult
{
    /// <summary>The id of the candidate in the CRM, LinkedIn's <c>tcrmCandidateId</c>.</summary>
    public string CandidateId { get; init; } = "";

    /// <summary>The id of the resume in the CRM, LinkedIn's <c>tcrmResumeId</c>.</summary>
    public string ResumeId { get; init; } = "";

    /// <summary>The outcome of the record.</summary>
    public ResumeSyncOutcome Outcome { get; init; }

    /// <summary>LinkedIn's status for the record, 204 for success, or null if LinkedIn returned none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The cause of the outcome, or null. Records with the same problem have the same value.</summary>
    public ResumeSyncReason? ReasonId { get; init; }

    /// <summary>The reason why the resume is not in sync, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The full path of the file, or null. A ledger contains no paths.</summary>
    public string? Path { get; init; }

    /// <summary>The time of the result, in UTC, or null while the record is pending.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{CandidateId}/{ResumeId}: {Outcome}";
}
