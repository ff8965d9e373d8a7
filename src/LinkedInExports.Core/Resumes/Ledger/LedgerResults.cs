using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>What a ledger knows of each record: that the last run failed with it, or else the newest that became of it.</summary>
internal static class LedgerResults
{
    /// <summary>The results, in the order in which they came about; those of records that were removed are left out.</summary>
    /// <exception cref="LinkedInException">There is no ledger, it cannot be read, or it is damaged.</exception>
    internal static IEnumerable<ResumeSyncResult> Read(FileSystem files, string folder, CancellationToken cancellationToken)
    {
        // Twice through the file, so that memory holds no more than where the newest lines are.
        using var snapshot = LedgerSnapshot.Read(files, folder);
        if (!snapshot.Exists)
            throw CreateNotFoundError(folder);
        foreach ((long offset, LedgerEntry line) in snapshot.ReadEntries(cancellationToken))
        {
            if (snapshot.State.GetResult(line, offset) is { } outcome)
                yield return CreateResult(line, outcome);
        }
    }

    internal static LinkedInException CreateNotFoundError(string folder) =>
        new(LinkedInErrorId.LedgerNotFound, $"There is no ledger in {folder}.") { Target = folder };

    private static ResumeSyncResult CreateResult(LedgerEntry line, (ResumeSyncOutcome Outcome, string? Why) result) => new()
    {
        CandidateId = line.CandidateId ?? "",
        ResumeId = line.ResumeId ?? "",
        Outcome = result.Outcome,
        StatusCode = line.Status,
        Reason = result.Why ?? line.Reason,
        CompletedAt = result.Outcome == ResumeSyncOutcome.Pending ? null : DateTimeOffset.FromUnixTimeMilliseconds(line.At),
    };
}
