using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

public sealed class ResumeLedgerTests
{
    [Fact]
    public void Open_NewLedger_HasWholeFirstLineFromTheBeginning()
    {
        using var file = new LedgerFixture();
        var disk = new FaultyFileSystem { Fails = (operation, _) => operation == "Move" };
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Throws<LinkedInException>(() => file.Open(disk)).Id);
        Assert.False(File.Exists(file.Path));
        file.Open().Dispose();
    }

    [Fact]
    public void Open_LedgerIsLinkToNothing_CreatesNothing()
    {
        using var file = new LedgerFixture();
        Directory.CreateDirectory(file.Folder);
        string target = Path.Combine(file.Folder, "elsewhere");
        File.CreateSymbolicLink(file.Path, target);
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal((LinkedInErrorId.FileReadFailed, file.Path), (error.Id, error.Target));
        Assert.Contains("link", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id
        );
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadResults(file.Folder, default)).Id
        );
    }

    [Fact]
    public void Read_AccessDenied_IsNotMissingLedger()
    {
        using var file = new LedgerFixture();
        file.Open().Dispose();
        var denied = new DeniedFiles();
        Assert.Equal(LinkedInErrorId.FileReadFailed, Assert.Throws<LinkedInException>(() => file.Open(denied)).Id);
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert
                .Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(denied, file.Folder, file.Time.GetUtcNow()))
                .Id
        );
        Assert.Equal(
            LinkedInErrorId.FileReadFailed,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadResults(denied, file.Folder, default)).Id
        );

        // File.Exists also returns false for a loop of links.
        string loop = Path.Combine(Path.GetDirectoryName(file.Folder)!, "loop");
        Directory.CreateSymbolicLink(loop, loop);
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            CandidateResumeClient.ReadLedger(loop, file.Time.GetUtcNow())
        );
        Assert.Equal(LinkedInErrorId.FileReadFailed, error.Id);
    }

    [Fact]
    public void Open_LedgerOfOtherServer_ThrowsAndKeepsFile()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open(api: "127.0.0.1:8080"))
            ledger.Append(file.Synced(1));
        byte[] before = file.Bytes;
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal(LinkedInErrorId.LedgerMismatch, error.Id);
        Assert.Contains("127.0.0.1:8080", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, file.Bytes);
    }

    [Fact]
    public void Open_LedgerInUse_ThrowsButCanBeRead()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(file.Synced(1));
            LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
            Assert.Equal((LinkedInErrorId.LedgerInUse, file.Folder), (error.Id, error.Target));
            Assert.Equal($"The ledger in {file.Folder} is in use by another run.", error.Message);
            Assert.Equal(1, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).InSync);
            ledger.Append(file.Synced(2));
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(2, again.State.InSync);
    }

    [Fact]
    public void ReadLedger_WithoutLedger_ThrowsLedgerNotFound()
    {
        using var file = new LedgerFixture();
        Assert.Equal(
            LinkedInErrorId.LedgerNotFound,
            Assert.Throws<LinkedInException>(() => CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id
        );
        Assert.False(Directory.Exists(file.Folder));
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, files have no Unix mode.
    public void Open_NewLedger_IsPrivate()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.BeginRun(1);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, GetMode(file.Folder));
        Assert.All(Directory.GetFiles(file.Folder), path => Assert.Equal(owner, GetMode(path)));
    }

    [Fact]
    public void ReadLedger_SeveralRuns_CountsLastRunAndAllInSync()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(3);
            for (int number = 1; number <= 3; number++)
                ledger.Append(file.Synced(number));
            ledger.BeginRun(2010);
            for (int number = 1; number <= 2000; number++)
                ledger.AppendUnchanged(1);
            ledger.Append(file.Uploaded(4));
            ledger.Append(new LedgerEntry { Type = LedgerEntryType.Failed, Count = 1 });
            ledger.Append(new LedgerEntry { Type = LedgerEntryType.Rejected });
            ledger.AppendUnchanged(1);
            ledger.Append(LedgerFixture.Removed(3));
        }

        CandidateResumeSync status = CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow());
        Assert.Equal(
            (2010, 0, 2001, 1, 1, 7),
            (status.InputCount, status.Synced, status.Unchanged, status.Failed, status.Rejected, status.Pending)
        );
        Assert.Equal((2, 1), (status.InSync, status.UploadedNotLinked));
        Assert.Equal(file.Time.GetUtcNow(), status.StartedAt);
        Assert.Equal(file.Folder, status.LedgerPath);
    }

    [Fact]
    public void Find_SimilarIds_AreDistinct()
    {
        using var file = new LedgerFixture();
        using ResumeLedger ledger = file.Open();
        ledger.Append(
            new LedgerEntry
            {
                Type = LedgerEntryType.Synced,
                IntegrationContext = "urn:li:organization:1",
                CandidateId = "ab",
                ResumeId = "c",
            }
        );
        Assert.NotNull(ledger.Find(new ResumeKey("urn:li:organization:1", "ab", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1", "a", "bc")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1", "AB", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1a", "b", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:", "1ab", "c")));
    }

    [Fact]
    public void Find_LineLongerThanOneRead_IsFound()
    {
        using var file = new LedgerFixture();
        var key = new ResumeKey(ResumeSyncFixture.Organization, new string('ü', LedgerEntry.MaxIdLength), "R");
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(LedgerEntry.ForRecord(LedgerEntryType.Synced, key));
            ledger.Append(file.Synced(1));
            Assert.NotNull(ledger.Find(key));
        }

        using ResumeLedger again = file.Open();
        Assert.NotNull(again.Find(key));
        Assert.NotNull(again.Find(LedgerFixture.Key(1)));
    }

    [Fact]
    public void Unchanged_ManyRecords_AreWrittenInThousands()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            for (int number = 1; number < 1000; number++)
                ledger.AppendUnchanged(1);
            Assert.Equal(0, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
            ledger.AppendUnchanged(1);
            Assert.Equal(1000, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
            ledger.AppendUnchanged(1);
        }

        Assert.Equal(1001, CandidateResumeClient.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
    }

    [Fact]
    public void Snapshot_LaterAppends_AreNotVisible()
    {
        using var file = new LedgerFixture();
        using (var none = LedgerSnapshot.Read(FileSystem.Real, file.Folder))
            Assert.Null(none.Find(LedgerFixture.Key(1)));
        using ResumeLedger ledger = file.Open();
        ledger.Append(file.Uploaded(1));
        ledger.Append(file.Synced(1));
        using var snapshot = LedgerSnapshot.Read(FileSystem.Real, file.Folder);
        ledger.Append(file.Uploaded(1));
        ledger.Append(file.Uploaded(2));
        Assert.Equal(LedgerEntryType.Synced, snapshot.Find(LedgerFixture.Key(1))!.Type);
        Assert.Null(snapshot.Find(LedgerFixture.Key(2)));
    }

    [Fact]
    public void Snapshot_LineChangedAfterRead_ThrowsLedgerCorrupt()
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(file.Synced(1));
        using var snapshot = LedgerSnapshot.Read(FileSystem.Real, file.Folder);
        int start = Array.IndexOf(file.Bytes, (byte)'\n') + 1;
        file.Bytes = [.. file.Bytes[..start], .. ChecksummedLine.Encode(file.Synced(2).ToJson())];
        Assert.Equal(
            LinkedInErrorId.LedgerCorrupt,
            Assert.Throws<LinkedInException>(() => snapshot.Find(LedgerFixture.Key(1))).Id
        );
    }

    [Fact]
    public void Keys_RemovalFailed_ComesLast()
    {
        using var file = new LedgerFixture();
        using ResumeLedger ledger = file.Open();
        for (int number = 1; number <= 3; number++)
            ledger.Append(file.Synced(number));
        ledger.BeginRemoval([LedgerFixture.Key(1)]);
        Assert.Equal([LedgerFixture.Key(2), LedgerFixture.Key(3), LedgerFixture.Key(1)], ledger.Keys(_ => true, default));
    }

    private static UnixFileMode GetMode(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    /// <summary>A disk that denies reading.</summary>
    private sealed class DeniedFiles : FileSystem
    {
        internal override Stream? OpenRead(string path) => throw new UnauthorizedAccessException("Access to the path is denied.");
    }
}
