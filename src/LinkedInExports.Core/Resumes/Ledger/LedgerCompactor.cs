using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>Copies the entries of a ledger that still count into a new one.</summary>
/// <param name="state">The state of the ledger.</param>
/// <param name="path">The path of the ledger, for messages.</param>
/// <param name="now">The time, in milliseconds since 1970-01-01T00:00:00Z.</param>
internal sealed class LedgerCompactor(LedgerState state, string path, long now)
{
    /// <summary>Writes the entries that are still needed.</summary>
    /// <param name="source">The ledger.</param>
    /// <param name="target">The new ledger.</param>
    /// <param name="api">Host and port of the API.</param>
    /// <param name="endCheck">The checksum of the last line of the ledger.</param>
    internal void Write(Stream source, Stream target, string api, ulong endCheck)
    {
        ulong? check = null;
        void Copy(LedgerEntry entry) => check = WriteLine(target, entry.Truncate(), check);

        Copy(LedgerEntry.ForLedger(api, now) with { Replaces = ChecksummedLine.Format(endCheck) });
        foreach ((long offset, _, LedgerEntry entry) in ReadEntries(source))
        {
            if (state.FindNewest(entry, offset) is { } newest)
            {
                Copy(entry with { Type = newest.Type });
                if (newest.IsRemoving)
                    Copy(LedgerEntry.ForRecord(LedgerEntryType.Removing, entry.Key) with { At = entry.At });
            }
            else if (entry.Type == LedgerEntryType.ResendStarted && offset == state.ResendStart)
            {
                Copy(entry);
            }
        }

        // After the records, which must not be counted again, and before the failures, which must be.
        Copy(
            new LedgerEntry
            {
                Type = LedgerEntryType.Run,
                Run = state.Run with
                {
                    Failed = state.Run.Failed - state.CountFailures(LedgerEntryType.Failed),
                    Rejected = state.Run.Rejected - state.CountFailures(LedgerEntryType.Rejected),
                },
                At = state.ChangedAt,
            }
        );
        foreach ((long offset, _, LedgerEntry entry) in ReadEntries(source))
        {
            if (entry.Type is LedgerEntryType.Failed or LedgerEntryType.Rejected && state.IsFailure(entry, offset))
                Copy(entry);
        }

        foreach (
            (long? answeredAt, int records) in state.Batches.Where(batch =>
                !(now - batch.AnsweredAt > RecordRateLimiter.WindowMilliseconds)
            )
        )
        {
            Copy(LedgerEntry.ForBatch(isAnswered: answeredAt is not null, records) with { At = answeredAt ?? now });
        }

        foreach (LedgerEntry day in state.Days)
            Copy(day);
    }

    /// <summary>Writes an entry after the one with the given checksum; null for the first one.</summary>
    /// <returns>The checksum of the entry.</returns>
    internal static ulong WriteLine(Stream target, LedgerEntry entry, ulong? previous)
    {
        byte[] bytes = ChecksummedLine.Encode(entry.ToJson(), previous, out ulong check);
        target.Write(bytes, 0, bytes.Length);
        return check;
    }

    private IEnumerable<(long Offset, ulong Previous, LedgerEntry Line)> ReadEntries(Stream source)
    {
        source.Position = 0;
        return new LedgerReader(source, path).ReadEntries();
    }
}
