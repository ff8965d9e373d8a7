using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>A ledger that is mostly history is written anew when it is opened; nothing that counts is lost by it.</summary>
public sealed class LedgerCompactionTests
{
    private const int Records = 300;

    [Fact]
    public void A_ledger_that_was_made_smaller_knows_as_much_as_before()
    {
        using var file = new LedgerFile();
        string before = Fill(file);
        long length = file.Bytes.Length;
        using (ResumeLedger ledger = file.Open())
            Assert.Equal(before, file.Knowledge(ledger, Records));
        Assert.InRange(file.Bytes.Length, 1, length / 5);
        Assert.Equal([ResumeLedger.FileName, "resume-sync.lock"], Directory.GetFiles(file.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        using (ResumeLedger ledger = file.Open())
            Assert.Equal(before, file.Knowledge(ledger, Records));
    }

    [Fact]
    public void It_can_be_written_to_at_once()
    {
        using var file = new LedgerFile();
        Fill(file);
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(1);
            ledger.Append(file.Synced(Records + 1));
        }

        using ResumeLedger again = file.Open();
        Assert.NotNull(again.Find(LedgerFile.Key(Records + 1)));
        Assert.Equal((1, 1), (again.State.Run.Input, again.State.Run.Synced));
    }

    [Fact]
    public void A_ledger_that_is_small_or_mostly_of_use_stays_as_it_is()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
        {
            for (int round = 0; round < 18; round++)
            {
                for (int number = 1; number <= 100; number++)
                    ledger.Append(file.Synced(number));
            }
        }

        byte[] before = file.Bytes;
        file.Open().Dispose();
        Assert.Equal(before, file.Bytes);
        using (ResumeLedger ledger = file.Open())
        {
            for (int number = 1; number <= 2000; number++)
                ledger.Append(file.Synced(number));
        }

        before = file.Bytes;
        file.Open().Dispose();
        Assert.Equal(before, file.Bytes);
    }

    [Fact]
    public void Thousands_of_batches_in_the_last_minute_are_kept_and_forgotten_a_minute_later()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
        {
            for (int batch = 0; batch < 3000; batch++)
            {
                ledger.Append(LedgerLine.OfBatch(isAnswered: false, 1));
                ledger.Append(LedgerLine.OfBatch(isAnswered: true, 1));
            }
        }

        using (ResumeLedger ledger = file.Open())
            Assert.Equal(3000, ledger.State.Batches.Sum(batch => batch.Records));
        file.Time.Advance(TimeSpan.FromMilliseconds(60_001));
        using (ResumeLedger ledger = file.Open())
            Assert.Empty(ledger.State.Batches);
        Assert.InRange(file.Lines.Length, 1, 5);
    }

    [Fact]
    public void A_cut_at_any_step_of_it_loses_nothing()
    {
        int steps = 0;
        for (int cutAt = 1; ; cutAt++)
        {
            foreach (bool losesUnflushed in new[] { false, true })
            {
                using var file = new LedgerFile();
                string before = Fill(file);
                var disk = new CutDisk { CutAt = cutAt };
                if (!Opens(file, disk))
                    Assert.True(disk.IsCut);
                if (losesUnflushed)
                    disk.LoseWhatWasNotFlushed();
                steps = disk.Steps;
                using ResumeLedger ledger = file.Open();
                Assert.Equal(before, file.Knowledge(ledger, Records));
            }

            if (steps < cutAt)
                break;
        }

        Assert.InRange(steps, 8, 100); // Lock, ledger, partial file, its contents, flush, move, folder, ledger again.
    }

    [Fact]
    public void A_disk_that_is_full_leaves_the_ledger_as_it_was()
    {
        using var file = new LedgerFile();
        Fill(file);
        byte[] before = file.Bytes;
        var disk = new FaultyFiles { Fails = (operation, _) => operation == "Write" };
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Throws<LinkedInException>(() => file.Open(disk)).Id);
        Assert.Equal(before, file.Bytes);
        file.Open().Dispose();
    }

    /// <summary>Writes many versions of few records.</summary>
    /// <returns>What is known then.</returns>
    private static string Fill(LedgerFile file)
    {
        using ResumeLedger ledger = file.Open();
        ledger.BeginRun(5000);
        for (int version = 0; version < 10; version++)
        {
            for (int number = 1; number <= Records; number++)
                ledger.Append(number % 3 == 0 ? file.Uploaded(number, $"v{version}-") : file.Synced(number, $"v{version}-", ResumeBench.CreatedAt + version));
        }

        ledger.Append(new LedgerLine { Kind = LedgerKind.Removed, IntegrationContext = ResumeBench.Organization, CandidateId = "C-1", ResumeId = "R-1" });
        ledger.Append(new LedgerLine { Kind = LedgerKind.Failed });
        ledger.Append(new LedgerLine { Kind = LedgerKind.Rejected });
        ledger.Unchanged();
        foreach ((long day, int count) in new[] { (20_000L, 77), (20_001, 100_000), (20_000, 100) })
            ledger.Append(new LedgerLine { Kind = LedgerKind.Requests, Day = day, Count = count, Limit = 100_000 });
        ledger.Append(LedgerLine.OfBatch(isAnswered: true, 5)); // Over a minute ago, soon.
        file.Time.Advance(TimeSpan.FromSeconds(50));
        ledger.Append(LedgerLine.OfBatch(isAnswered: true, 100));
        file.Time.Advance(TimeSpan.FromSeconds(15));
        ledger.Append(LedgerLine.OfBatch(isAnswered: false, 42)); // The process died while it was under way.
        return file.Knowledge(ledger, Records);
    }

    private static bool Opens(LedgerFile file, CutDisk disk)
    {
        try
        {
            file.Open(disk).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is LinkedInException or IOException)
        {
            return false;
        }
    }
}
