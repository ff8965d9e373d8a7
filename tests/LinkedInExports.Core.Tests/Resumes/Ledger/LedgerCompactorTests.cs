using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>A ledger with mostly obsolete lines is compacted when it is opened, without loss of state.</summary>
public sealed class LedgerCompactorTests(ITestOutputHelper output)
{
    private const int Records = ObsoleteLedger.Records;

    [Fact]
    public void Open_LargeLedger_CompactsWithoutLosingState()
    {
        using var file = new LedgerFixture();
        string before = ObsoleteLedger.CopyTo(file);
        long length = file.Bytes.Length;
        using (ResumeLedger ledger = file.Open())
            Assert.Equal(before, file.Knowledge(ledger, Records));
        Assert.InRange(file.Bytes.Length, 1, length / 5);
        Assert.Equal(
            [LedgerHead.FileName, ResumeLedger.FileName, "resume-sync.lock"],
            Directory.GetFiles(file.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

        using (ResumeLedger ledger = file.Open())
            Assert.Equal(before, file.Knowledge(ledger, Records));
    }

    [Fact]
    public void Open_RecordFailedDuringResend_IsNotInSyncAfterCompaction()
    {
        const int Count = 20;
        using var file = new LedgerFixture();
        string before;
        using (ResumeLedger ledger = file.Open())
        {
            for (int round = 0; round < 200; round++)
            {
                for (int number = 1; number <= Count; number++)
                    ledger.Append(file.Synced(number));
            }

            ledger.Append(new LedgerEntry { Type = LedgerEntryType.ResendStarted });
            ledger.Append(LedgerEntry.ForRecord(LedgerEntryType.Failed, LedgerFixture.Key(1)));
            for (int number = 2; number <= Count; number++)
                ledger.Append(file.Synced(number));
            ledger.Append(new LedgerEntry { Type = LedgerEntryType.ResendCompleted });
            ledger.BeginRun(0);
            before = file.Knowledge(ledger, Count);
        }

        long length = file.Bytes.Length;
        using ResumeLedger compacted = file.Open();
        Assert.InRange(file.Bytes.Length, 1, length / 5);
        Assert.Equal(before, file.Knowledge(compacted, Count));
        Assert.Equal(LedgerEntryType.Uploaded, compacted.Find(LedgerFixture.Key(1))!.Type);
        Assert.Equal((Count - 1, 1), (compacted.State.InSync, compacted.State.UploadedNotLinked));
    }

    [Fact]
    public void Append_AfterCompaction_IsWritten()
    {
        using var file = new LedgerFixture();
        ObsoleteLedger.CopyTo(file);
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(1);
            ledger.Append(file.Synced(Records + 1));
        }

        using ResumeLedger again = file.Open();
        Assert.NotNull(again.Find(LedgerFixture.Key(Records + 1)));
        Assert.Equal((1, 1), (again.State.Run.Input, again.State.Run.Synced));
    }

    [Fact]
    public void Open_SmallOrMostlyLiveLedger_IsNotCompacted()
    {
        using var file = new LedgerFixture();
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
    public void Open_ManyRecentBatches_AreKeptForOneMinute()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            for (int batch = 0; batch < 3000; batch++)
            {
                ledger.Append(LedgerEntry.ForBatch(isAnswered: false, 1));
                ledger.Append(LedgerEntry.ForBatch(isAnswered: true, 1));
            }
        }

        using (ResumeLedger ledger = file.Open())
            Assert.Equal(3000, ledger.State.Batches.Sum(batch => batch.Records));
        file.Time.Advance(TimeSpan.FromMilliseconds(60_001));
        using (ResumeLedger ledger = file.Open())
            Assert.Empty(ledger.State.Batches);
        Assert.InRange(file.Lines.Length, 1, 5);
    }

    [Theory]
    [InlineData(Loss.Process)]
    [InlineData(Loss.Power)]
    [InlineData(Loss.PowerHalf)]
    public async Task Open_CrashAtAnyCompactionStep_LosesNothing(Loss loss)
    {
        int cuts = await CrashPoint.AtEachStepAsync(async cut =>
        {
            using var file = new LedgerFixture();
            string before = ObsoleteLedger.CopyTo(file);
            var files = new CrashingFileSystem(cut, loss);
            await cut.RunAsync(() => Task.Run(() => file.Open(files).Dispose()));
            files.ApplyLoss();
            using ResumeLedger ledger = file.Open();
            Assert.Equal(before, file.Knowledge(ledger, Records));
        });
        Assert.InRange(cuts, 15, 100);
        output.WriteLine($"A ledger made smaller, {loss}: {cuts} ends, nothing lost.");
    }

    [Fact]
    public void Open_OpenFilesCannotBeReplaced_Compacts()
    {
        using var file = new LedgerFixture();
        string before = ObsoleteLedger.CopyTo(file);
        var files = new WindowsMoves();
        using (ResumeLedger ledger = file.Open(files))
            Assert.Equal(before, file.Knowledge(ledger, Records));
        Assert.Equal(1, files.Moves);
    }

    [Fact]
    public void Open_FailuresOfLastRun_DoNotCompactAgain()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(3000);
            for (int number = 1; number <= 3000; number++)
                ledger.Append(ObsoleteLedger.Failure(LedgerEntryType.Rejected, number, "no file"));
        }

        byte[] before = file.Bytes;
        file.Open().Dispose();
        Assert.Equal(before, file.Bytes);
        using (ResumeLedger ledger = file.Open())
            ledger.BeginRun(0);
        file.Open().Dispose();
        Assert.InRange(file.Lines.Length, 1, 5);
    }

    [Fact]
    public void Open_CompactionFails_KeepsLedgerAndWarnsOnce()
    {
        foreach (string failing in new[] { "Write", "FlushToDisk", "Move", "FlushDirectory" })
        {
            using var file = new LedgerFixture();
            string before = ObsoleteLedger.CopyTo(file);
            byte[] bytes = file.Bytes;
            var disk = new FaultyFileSystem { Fails = (operation, number) => operation == failing && number == 1 };
            var recorder = new RecordingOutput();
            using (ResumeLedger ledger = file.Open(disk))
            {
                ledger.ReportCompactionFailure(recorder);
                ledger.ReportCompactionFailure(recorder);
                Assert.Equal(before, file.Knowledge(ledger, Records));
                if (failing != "FlushDirectory") // Then the new ledger has its name already.
                    Assert.Equal(bytes, file.Bytes);
                ledger.Append(file.Synced(Records + 1));
            }

            Assert.Contains("not compacted", Assert.Single(recorder.Warnings), StringComparison.Ordinal);
            using ResumeLedger again = file.Open();
            Assert.NotNull(again.Find(LedgerFixture.Key(Records + 1)));
            again.ReportCompactionFailure(recorder);
            Assert.Single(recorder.Warnings);
        }
    }

    [Fact]
    public void Open_CompactionFailsAndLedgerCannotBeOpenedAgain_ReportsTheLedger()
    {
        using var file = new LedgerFixture();
        ObsoleteLedger.CopyTo(file);
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Throws<LinkedInException>(() => file.Open(new LostDrive())).Id);
    }

    /// <summary>A drive that is disconnected when a file is flushed.</summary>
    private sealed class LostDrive : FileSystem
    {
        private bool _isLost;

        internal override Stream Open(string path, FileMode mode, FileOpenFlags use, string? replaced = null) =>
            _isLost ? throw new IOException("The drive is not ready.") : base.Open(path, mode, use, replaced);

        internal override void FlushToDisk(Stream stream)
        {
            base.FlushToDisk(stream);
            _isLost = true;
            throw new IOException("The drive is not ready.");
        }
    }

    /// <summary>Windows doesn't replace a file that is open.</summary>
    private sealed class WindowsMoves : FileSystem
    {
        private readonly List<(string Path, FileStream Stream)> _opened = [];

        internal int Moves { get; private set; }

        internal override Stream Open(string path, FileMode mode, FileOpenFlags use, string? replaced = null)
        {
            var stream = (FileStream)base.Open(path, mode, use, replaced);
            _opened.Add((path, stream));
            return stream;
        }

        internal override void Move(string from, string to)
        {
            if (_opened.Any(file => file.Path == to && !file.Stream.SafeFileHandle.IsClosed))
                throw new IOException($"{to} is open.");
            base.Move(from, to);
            Moves++;
        }
    }
}
