using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>A ledger with many versions of few records: most lines are obsolete. It is written once for all tests.</summary>
internal static class ObsoleteLedger
{
    internal const int Records = 300;

    private static readonly Lazy<WrittenLedger> Written = new(Create);

    /// <summary>Copies the ledger.</summary>
    /// <returns>The state of the ledger.</returns>
    internal static string CopyTo(LedgerFixture file)
    {
        Directory.CreateDirectory(file.Folder);
        foreach ((string name, byte[] bytes) in Written.Value.Files)
            File.WriteAllBytes(Path.Combine(file.Folder, name), bytes);
        file.Time.Advance(Written.Value.Duration);
        return Written.Value.Knowledge;
    }

    private static WrittenLedger Create()
    {
        using var file = new LedgerFixture();
        DateTimeOffset start = file.Time.GetUtcNow();
        string knowledge = Write(file);
        return new WrittenLedger(
            Directory.GetFiles(file.Folder).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes),
            file.Time.GetUtcNow() - start,
            knowledge
        );
    }

    private static string Write(LedgerFixture file)
    {
        using ResumeLedger ledger = file.Open();
        ledger.BeginRun(5000);
        for (int version = 0; version < 10; version++)
        {
            for (int number = 1; number <= Records; number++)
            {
                ledger.Append(
                    number % 3 == 0
                        ? file.Uploaded(number, $"v{version}-")
                        : file.Synced(number, $"v{version}-", ResumeSyncFixture.CreatedAt + version)
                );
            }
        }

        LedgerEntry known = ledger.Find(LedgerFixture.Key(7))!;
        ledger.AppendTouched(
            known,
            new FileStamp
            {
                Length = 7,
                ModifiedAt = 8,
                PathHash = "9",
            }
        );
        ledger.Append(LedgerFixture.Removed(1));
        ledger.Append(Failure(LedgerEntryType.Failed, 2, "of the run before"));
        ledger.BeginRun(400);
        ledger.Append(Failure(LedgerEntryType.Failed, 4, "LinkedIn says no"));
        ledger.Append(Failure(LedgerEntryType.Failed, 5, "LinkedIn says no"));
        ledger.Append(file.Synced(5, "after all-"));
        ledger.Append(Failure(LedgerEntryType.Rejected, 9000, "no file"));
        ledger.Append(Failure(LedgerEntryType.Rejected, 9001, "no file"));
        ledger.Append(LedgerFixture.Removed(9001));
        ledger.Append(Failure(LedgerEntryType.Rejected, 0, "a later record has its key"));
        ledger.Append(Failure(LedgerEntryType.Rejected, 0, "no file"));
        ledger.AppendUnchanged(1);
        foreach ((long day, int count) in new[] { (20_000L, 77), (20_001, 100_000), (20_000, 100) })
        {
            ledger.Append(
                new LedgerEntry
                {
                    Type = LedgerEntryType.Requests,
                    Day = day,
                    Count = count,
                    Limit = 100_000,
                }
            );
        }

        ledger.Append(LedgerEntry.ForBatch(isAnswered: true, 5)); // More than a minute old when the ledger is opened.
        file.Time.Advance(TimeSpan.FromSeconds(50));
        ledger.Append(LedgerEntry.ForBatch(isAnswered: true, 100));
        file.Time.Advance(TimeSpan.FromSeconds(15));
        ledger.Append(LedgerEntry.ForBatch(isAnswered: false, 42)); // The process crashed during the request.
        return file.Knowledge(ledger, Records);
    }

    internal static LedgerEntry Failure(LedgerEntryType kind, int number, string reason) =>
        new()
        {
            Type = kind,
            IntegrationContext = ResumeSyncFixture.Organization,
            CandidateId = $"C-{number}",
            ResumeId = $"R-{number}",
            Reason = reason,
        };

    /// <summary>The files of a ledger, the time that its writing took, and its state.</summary>
    private sealed record WrittenLedger(Dictionary<string, byte[]> Files, TimeSpan Duration, string Knowledge);
}
