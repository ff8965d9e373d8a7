using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>Random entries of a ledger, and everything that the ledger knows after them.</summary>
internal static class RandomHistory
{
    internal const int Records = 12;

    /// <summary>Writes random entries of all types.</summary>
    internal static void Append(LedgerFixture file, ResumeLedger ledger, Random random, int count)
    {
        for (int entry = 0; entry < count; entry++)
        {
            int number = random.Next(1, Records + 1);
            file.Time.Advance(TimeSpan.FromSeconds(random.Next(20)));
            switch (random.Next(14))
            {
                case 0:
                    ledger.BeginRun(random.Next(100));
                    break;
                case 1:
                    ledger.Append(LedgerFixture.Removed(number));
                    break;
                case 2:
                    ledger.Append(file.Synced(number) with { Type = LedgerEntryType.Failed, Reason = "LinkedIn says no" });
                    break;
                case 3:
                    ledger.Append(file.Synced(number) with { Type = LedgerEntryType.Rejected, Reason = "no file" });
                    break;
                case 4:
                    ledger.BeginRemoval([LedgerFixture.Key(number)]);
                    break;
                case 5:
                    ledger.Append(LedgerEntry.ForRecord(LedgerEntryType.NotRemoved, LedgerFixture.Key(number)));
                    break;
                case 6:
                    ledger.Append(LedgerEntry.ForBatch(isAnswered: random.Next(2) == 0, number));
                    break;
                case 7:
                    ((IQuotaStore)ledger).SaveUsage(20_000 + (number % 6), number, 100);
                    break;
                case 8:
                    ledger.Append(
                        new LedgerEntry
                        {
                            Type = random.Next(2) == 0 ? LedgerEntryType.ResendStarted : LedgerEntryType.ResendCompleted,
                        }
                    );
                    break;
                case 9:
                    ledger.AppendUnchanged(1);
                    break;
                case 10:
                    ledger.Append(file.Uploaded(number));
                    break;
                case 11 when ledger.Find(LedgerFixture.Key(number)) is { IsInSync: true } known:
                    ledger.AppendTouched(
                        known,
                        new FileStamp
                        {
                            Length = number,
                            ModifiedAt = random.Next(),
                            PathHash = "p",
                        }
                    );
                    break;
                default:
                    ledger.Append(file.Synced(number, createdAt: random.Next()));
                    break;
            }

            if (random.Next(5) == 0)
                ledger.Flush();
        }
    }

    /// <summary>Describes everything that is known after the ledger is opened.</summary>
    internal static string Describe(LedgerFixture file)
    {
        using ResumeLedger ledger = file.Open();
        var text = new List<string> { file.Knowledge(ledger, Records), DescribeState(ledger.State, file) };
        for (int number = 1; number <= Records; number++)
        {
            var key = KeyHash.Compute(LedgerFixture.Key(number));
            text.Add($"{ledger.GetLastFailureOffset(key)} {ledger.ShouldResend(key)}");
        }

        text.AddRange(ledger.Keys(_ => true, default).Select(key => $"{key}"));
        return string.Join('\n', text);
    }

    internal static string DescribeSnapshot(LedgerFixture file)
    {
        using var snapshot = LedgerSnapshot.Read(FileSystem.Real, file.Folder);
        return DescribeState(snapshot.State, file);
    }

    private static string DescribeState(LedgerState state, LedgerFixture file)
    {
        CandidateResumeSync status = state.ToSync(file.Folder, file.Time.GetUtcNow());
        return $"{System.Text.Json.JsonSerializer.Serialize(status)} {state.EntryCount} {state.LiveEntries} {state.RecordCount} "
            + $"{state.ResendStart} {state.ResendStartedAt} {string.Join(' ', state.Batches)}";
    }
}
