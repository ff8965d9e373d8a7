using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>Reads the result of each record from a ledger: a failure in the last run, or else the newest result.</summary>
internal static class LedgerResults
{
    /// <summary>Reads the results in their order, without removed records.</summary>
    /// <exception cref="LinkedInException">There is no ledger, it cannot be read, or it is damaged.</exception>
    internal static IEnumerable<ResumeSyncResult> Read(FileSystem files, string folder, CancellationToken cancellationToken)
    {
        // Reads the file twice, so that memory holds only the offsets of the newest entries.
        using var snapshot = LedgerSnapshot.Read(files, folder);
        if (!snapshot.Exists)
            throw CreateNotFoundError(folder);
        foreach ((long offset, LedgerEntry entry) in snapshot.ReadEntries(cancellationToken))
        {
            if (snapshot.State.GetResult(entry, offset) is { } outcome)
                yield return CreateResult(entry, outcome);
        }
    }

    internal static LinkedInException CreateNotFoundError(string folder) =>
        new(LinkedInErrorId.LedgerNotFound, $"There is no ledger in {folder}.") { Target = folder };

    private static ResumeSyncResult CreateResult(LedgerEntry entry, (ResumeSyncOutcome Outcome, SyncReason? Reason) result) =>
        new()
        {
            CandidateId = entry.CandidateId ?? "",
            ResumeId = entry.ResumeId ?? "",
            Outcome = result.Outcome,
            StatusCode = entry.Status,
            ReasonId = result.Reason?.Id ?? ParseReason(entry.ReasonId),
            Reason = result.Reason?.Text ?? entry.Reason,
            CompletedAt =
                result.Outcome == ResumeSyncOutcome.Pending
                    ? null
                    : DateTimeOffset.FromUnixTimeMilliseconds(entry.SyncedAt ?? entry.At),
        };

    private static ResumeSyncReason? ParseReason(string? name) =>
        Enum.TryParse(name, out ResumeSyncReason reason) ? reason : null;
}
