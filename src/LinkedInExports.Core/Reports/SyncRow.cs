using System.Globalization;

namespace LinkedInExports.Core.Reports;

/// <summary>What became of one candidate's resume, as far as the report goes into it.</summary>
/// <param name="CandidateId">The candidate in the customer's system.</param>
/// <param name="ResumeId">The resume in the customer's system.</param>
/// <param name="Outcome">Synced, Unchanged, Failed, Rejected, Pending; any other word is kept.</param>
/// <param name="StatusCode">LinkedIn's answer, or nothing.</param>
/// <param name="Reason">Why it failed, or nothing.</param>
/// <param name="CompletedAt">When it was done; null when it was not.</param>
internal sealed record SyncRow(
    string CandidateId,
    string ResumeId,
    string Outcome,
    string StatusCode,
    string Reason,
    DateTimeOffset? CompletedAt
)
{
    /// <summary>A result as it comes from the sync, or from its ledger.</summary>
    internal static SyncRow Create(ResumeSyncResult result) =>
        new(
            result.CandidateId,
            result.ResumeId,
            result.Outcome.ToString(),
            result.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "",
            result.Reason ?? "",
            result.CompletedAt
        );
}
