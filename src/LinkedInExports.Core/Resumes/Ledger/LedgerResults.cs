using LinkedInExports.Core.Durability;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>What a ledger knows of each record: that the last run failed with it, or else the newest that became of it.</summary>
internal static class LedgerResults
{
    /// <summary>The results, in the order in which they came about; those of records that were removed are left out.</summary>
    /// <exception cref="LinkedInException">The ledger cannot be read, or is damaged.</exception>
    internal static IEnumerable<ResumeSyncResult> Read(string folder, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, ResumeLedger.FileName);
        using FileStream stream = FileFailure.WhenReading(
            path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        // Twice through the file, so that memory holds no more than where the newest lines are.
        Dictionary<Fingerprint, long> newest = FileFailure.WhenReading(path, () => Newest(stream, path, cancellation));
        stream.Position = 0;
        foreach ((long offset, LedgerLine line) in new LedgerReader(stream, path).Lines())
        {
            cancellation.ThrowIfCancellationRequested();
            if (OutcomeOf(line.Kind) is { } outcome && newest.TryGetValue(Fingerprint.Of(line.Key), out long last) && last == offset)
                yield return ResultOf(line, outcome);
        }
    }

    private static Dictionary<Fingerprint, long> Newest(Stream stream, string path, CancellationToken cancellation)
    {
        var newest = new Dictionary<Fingerprint, long>();
        var failures = new Dictionary<Fingerprint, long>();
        foreach ((long offset, LedgerLine line) in new LedgerReader(stream, path).Lines())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (line.Kind)
            {
                case LedgerKind.Run:
                    failures.Clear(); // It settles its records anew; what it leaves alone is as it was before they failed.
                    break;
                case LedgerKind.Failed or LedgerKind.Rejected:
                    failures[Fingerprint.Of(line.Key)] = offset;
                    break;
                case LedgerKind.Uploaded or LedgerKind.Synced:
                    newest[Fingerprint.Of(line.Key)] = offset;
                    failures.Remove(Fingerprint.Of(line.Key));
                    break;
                case LedgerKind.Removed:
                    newest.Remove(Fingerprint.Of(line.Key));
                    failures.Remove(Fingerprint.Of(line.Key));
                    break;
            }
        }

        foreach (KeyValuePair<Fingerprint, long> failure in failures)
            newest[failure.Key] = failure.Value;
        return newest;
    }

    private static ResumeSyncOutcome? OutcomeOf(LedgerKind kind) => kind switch
    {
        LedgerKind.Uploaded => ResumeSyncOutcome.Pending,
        LedgerKind.Synced => ResumeSyncOutcome.Synced,
        LedgerKind.Failed => ResumeSyncOutcome.Failed,
        LedgerKind.Rejected => ResumeSyncOutcome.Rejected,
        _ => null,
    };

    private static ResumeSyncResult ResultOf(LedgerLine line, ResumeSyncOutcome outcome) => new()
    {
        CandidateId = line.CandidateId ?? "",
        ResumeId = line.ResumeId ?? "",
        Outcome = outcome,
        StatusCode = line.Status,
        Reason = line.Kind == LedgerKind.Uploaded ? "The file is at LinkedIn and not tied to its candidate yet." : line.Reason,
        CompletedAt = outcome == ResumeSyncOutcome.Pending ? null : DateTimeOffset.FromUnixTimeMilliseconds(line.At),
    };
}
