using System.Globalization;

namespace LinkedInExports.Core.Reports;

/// <summary>The result of one candidate's resume, with the values that a report uses.</summary>
/// <param name="CandidateId">The id of the candidate in the customer's system.</param>
/// <param name="ResumeId">The id of the resume in the customer's system.</param>
/// <param name="Outcome">Synced, Unchanged, Failed, Rejected or Pending. Other values are kept.</param>
/// <param name="StatusCode">The HTTP status code of LinkedIn's response, or an empty string.</param>
/// <param name="ReasonId">The cause that rows with the same problem share, or an empty string.</param>
/// <param name="Reason">The reason of the failure, or an empty string.</param>
/// <param name="CompletedAt">The time of completion, or null if the resume is not completed.</param>
internal sealed record SyncRow(
    string CandidateId,
    string ResumeId,
    string Outcome,
    string StatusCode,
    string ReasonId,
    string Reason,
    DateTimeOffset? CompletedAt
)
{
    /// <summary>Creates a row from a result of the sync or of its ledger.</summary>
    internal static SyncRow Create(ResumeSyncResult result) =>
        new(
            result.CandidateId,
            result.ResumeId,
            result.Outcome.ToString(),
            result.StatusCode?.ToString(CultureInfo.InvariantCulture) ?? "",
            result.ReasonId?.ToString() ?? "",
            result.Reason ?? "",
            result.CompletedAt
        );
}
