using System.Text;
using LinkedInExports.Core.Durability;
using LinkedInExports.Core.Http.Limits;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>What a ledger tells after it was cut, damaged, or found by the wrong one.</summary>
public sealed class LedgerFileTests
{
    [Fact]
    public void A_ledger_that_was_cut_anywhere_in_its_last_line_has_lost_that_line_alone()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(2);
            ledger.Append(file.Uploaded(1));
            ledger.Append(file.Synced(1));
            ledger.Append(file.Synced(2));
        }

        byte[] whole = file.Bytes;
        int last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (int length = last; length < whole.Length; length++)
        {
            file.Bytes = whole[..length];
            using (ResumeLedger ledger = file.Open())
            {
                Assert.Equal((1, 0, 1), (ledger.State.InSync, ledger.State.UploadedOnly, ledger.State.Run.Synced));
                Assert.Null(ledger.Find(LedgerFile.Key(2)));
                Assert.Equal(last, new FileInfo(file.Path).Length);
                ledger.Append(file.Synced(2));
            }

            Assert.Equal(whole, file.Bytes);
        }
    }

    [Fact]
    public void A_ledger_whose_first_line_was_cut_is_a_new_one()
    {
        using var file = new LedgerFile();
        file.Open().Dispose();
        byte[] whole = file.Bytes;
        for (int length = 0; length < whole.Length; length++)
        {
            file.Bytes = whole[..length];
            file.Open().Dispose();
            Assert.Equal(whole, file.Bytes);
        }

        // What the system had not written yet may also be there as zeros, and longer than the line.
        file.Bytes = new byte[4096];
        file.Open().Dispose();
        Assert.Equal(whole, file.Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(300_000)]
    public void Zeros_at_the_end_are_no_part_of_it(int count)
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(file.Synced(1));
        byte[] whole = file.Bytes;
        file.Bytes = [.. whole, .. new byte[count]];
        using (ResumeLedger ledger = file.Open())
            Assert.Equal(1, ledger.State.InSync);
        Assert.Equal(whole, file.Bytes);
    }

    [Fact]
    public void A_line_that_is_damaged_between_good_ones_is_an_error_wherever_it_is_and_nothing_is_touched()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(file.Synced(1));
            ledger.Append(file.Synced(2));
        }

        byte[] whole = file.Bytes;
        int end = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2);
        for (int position = 0; position < end; position++)
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= 1;
            file.Bytes = damaged;
            LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
            Assert.Equal((LinkedInErrorId.LedgerDamaged, file.Path), (error.Id, error.Target));
            Assert.Equal(damaged, file.Bytes);
            Assert.Equal(LinkedInErrorId.LedgerDamaged, Assert.Throws<LinkedInException>(() => CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id);
        }
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_left_alone()
    {
        using var file = new LedgerFile();
        Directory.CreateDirectory(file.Folder);
        byte[] foreign = Encoding.UTF8.GetBytes("CandidateId,ResumeId\nC-1,R-1\n");
        file.Bytes = foreign;
        Assert.Equal(LinkedInErrorId.LedgerDamaged, Assert.Throws<LinkedInException>(() => file.Open()).Id);
        Assert.Equal(foreign, file.Bytes);
    }

    [Fact]
    public void A_ledger_of_a_newer_version_is_left_alone()
    {
        using var file = new LedgerFile();
        Directory.CreateDirectory(file.Folder);
        byte[] newer =
        [
            .. LineCheck.Seal(Encoding.UTF8.GetBytes($$"""{"kind":"Ledger","version":2,"api":"{{LedgerFile.Api}}","more":[1]}""")),
            .. LineCheck.Seal("""{"kind":"SomethingNew"}"""u8.ToArray()),
        ];
        file.Bytes = newer;
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal(LinkedInErrorId.LedgerMismatch, error.Id);
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
        Assert.Equal(newer, file.Bytes);
    }

    [Theory]
    [InlineData("""{"kind":"Run","run":{}}""")]
    [InlineData("""{"kind":"Ledger","version":1}""")]
    [InlineData("""{"kind":"Ledger","version":0,"api":"api.linkedin.com"}""")]
    public void A_first_line_that_is_none_is_damage(string line)
    {
        using var file = new LedgerFile();
        Directory.CreateDirectory(file.Folder);
        file.Bytes = LineCheck.Seal(Encoding.UTF8.GetBytes(line));
        Assert.Equal(LinkedInErrorId.LedgerDamaged, Assert.Throws<LinkedInException>(() => file.Open()).Id);
    }

    [Fact]
    public void A_ledger_of_another_server_is_left_alone()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open(api: "127.0.0.1:8080"))
            ledger.Append(file.Synced(1));
        byte[] before = file.Bytes;
        LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
        Assert.Equal(LinkedInErrorId.LedgerMismatch, error.Id);
        Assert.Contains("127.0.0.1:8080", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, file.Bytes);
    }

    [Fact]
    public void One_at_a_time_writes_and_others_may_look()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(file.Synced(1));
            LinkedInException error = Assert.Throws<LinkedInException>(() => file.Open());
            Assert.Equal((LinkedInErrorId.LedgerInUse, file.Folder), (error.Id, error.Target));
            Assert.Equal(1, CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow()).InSync);
            ledger.Append(file.Synced(2));
        }

        using ResumeLedger again = file.Open();
        Assert.Equal(2, again.State.InSync);
    }

    [Fact]
    public void Where_there_is_no_ledger_there_is_none_to_look_at()
    {
        using var file = new LedgerFile();
        Assert.Equal(LinkedInErrorId.LedgerNotFound, Assert.Throws<LinkedInException>(() => CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow())).Id);
        Assert.False(Directory.Exists(file.Folder));
    }

    [Fact]
    public void Nobody_else_on_the_machine_can_read_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
            ledger.BeginRun(1);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, ModeOf(file.Folder));
        Assert.All(Directory.GetFiles(file.Folder), path => Assert.Equal(owner, ModeOf(path)));
    }

    [Fact]
    public void The_counts_are_those_of_the_last_run_and_in_sync_is_of_all()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.BeginRun(3);
            for (int number = 1; number <= 3; number++)
                ledger.Append(file.Synced(number));
            ledger.BeginRun(2010);
            for (int number = 1; number <= 2000; number++)
                ledger.Unchanged();
            ledger.Append(file.Uploaded(4));
            ledger.Append(new LedgerLine { Kind = LedgerKind.Failed, Count = 1 });
            ledger.Append(new LedgerLine { Kind = LedgerKind.Rejected });
            ledger.Unchanged();
            ledger.Append(new LedgerLine
            {
                Kind = LedgerKind.Removed,
                IntegrationContext = ResumeBench.Organization,
                CandidateId = "C-3",
                ResumeId = "R-3",
            });
        }

        CandidateResumeSync status = CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow());
        Assert.Equal((2010, 0, 2001, 1, 1, 7), (status.Input, status.Synced, status.Unchanged, status.Failed, status.Rejected, status.Pending));
        Assert.Equal((2, 1), (status.InSync, status.UploadedOnly));
        Assert.Equal(file.Time.GetUtcNow(), status.StartedAt);
        Assert.Equal(file.Folder, status.LedgerPath);
    }

    [Fact]
    public void Records_with_like_ids_are_not_mixed_up()
    {
        using var file = new LedgerFile();
        using ResumeLedger ledger = file.Open();
        ledger.Append(new LedgerLine { Kind = LedgerKind.Synced, IntegrationContext = "urn:li:organization:1", CandidateId = "ab", ResumeId = "c" });
        Assert.NotNull(ledger.Find(new ResumeKey("urn:li:organization:1", "ab", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1", "a", "bc")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1", "AB", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:1a", "b", "c")));
        Assert.Null(ledger.Find(new ResumeKey("urn:li:organization:", "1ab", "c")));
    }

    [Fact]
    public void A_long_line_is_found_again()
    {
        using var file = new LedgerFile();
        var key = new ResumeKey(ResumeBench.Organization, new string('ü', 100_000), "R");
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(new LedgerLine { Kind = LedgerKind.Synced, IntegrationContext = key.IntegrationContext, CandidateId = key.CandidateId, ResumeId = key.ResumeId });
            ledger.Append(file.Synced(1));
            Assert.NotNull(ledger.Find(key));
        }

        using ResumeLedger again = file.Open();
        Assert.NotNull(again.Find(key));
        Assert.NotNull(again.Find(LedgerFile.Key(1)));
    }

    [Fact]
    public void A_line_that_never_ends_is_damage()
    {
        using var file = new LedgerFile();
        file.Open().Dispose();
        byte[] endless = [.. file.Bytes, .. new byte[5 << 20]];
        file.Bytes = endless;
        Assert.Equal(LinkedInErrorId.LedgerDamaged, Assert.Throws<LinkedInException>(() => file.Open()).Id);
        Assert.Equal(endless, file.Bytes);
    }

    [Fact]
    public void Records_that_need_nothing_are_written_down_by_the_thousand_and_at_the_end()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
        {
            for (int number = 1; number < 1000; number++)
                ledger.Unchanged();
            Assert.Equal(0, CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
            ledger.Unchanged();
            Assert.Equal(1000, CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
            ledger.Unchanged();
        }

        Assert.Equal(1001, CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow()).Unchanged);
    }

    [Fact]
    public async Task Requests_that_may_have_been_sent_count_in_the_next_run_and_those_of_a_run_that_ended_exactly()
    {
        using var file = new LedgerFile();
        RequestLimits limits = RequestLimits.Create(100, 1000, file.Time);
        using (ResumeLedger ledger = file.Open())
        {
            DailyBudget budget = ledger.CreateBudget(limits.Requests, limits.Clock, waits: false);
            await budget.SpendAsync(null, new Heard(), default);
            CandidateResumeSync status = CandidateResumes.ReadLedger(file.Folder, file.Time.GetUtcNow());
            Assert.Equal((100, 1000), (status.RequestsToday, status.RequestsPerDay));
            Assert.Equal((1, 1), (budget.UsedToday, limits.Requests.UsedToday));
        }

        using (ResumeLedger ledger = file.Open())
        {
            DailyBudget budget = ledger.CreateBudget(limits.Requests, limits.Clock, waits: false);
            Assert.Equal((100, false), (budget.UsedToday, budget.Waits));
            await budget.SpendAsync(null, new Heard(), default);
            budget.Settle();
        }

        using ResumeLedger last = file.Open();
        DailyBudget waiting = last.CreateBudget(limits.Requests, limits.Clock, waits: true);
        Assert.Equal((101, true), (waiting.UsedToday, waiting.Waits));
    }

    [Theory]
    [InlineData(45, 15)]
    [InlineData(60, 0)]
    [InlineData(-3600, 60)] // The clock was set back: nobody knows how long ago it was.
    public async Task Batches_of_the_run_before_take_from_the_minute(int secondsAgo, int wait)
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(LedgerLine.OfBatch(isAnswered: true, 100));
        var time = new FakeTime(file.Time.GetUtcNow().AddSeconds(secondsAgo));
        Assert.Equal(TimeSpan.FromSeconds(wait), await WaitAsync(file, time));
    }

    [Fact]
    public async Task A_batch_that_was_under_way_takes_from_a_whole_minute()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(LedgerLine.OfBatch(isAnswered: false, 100));
        Assert.Equal(TimeSpan.FromSeconds(60), await WaitAsync(file, new FakeTime(file.Time.GetUtcNow().AddHours(1))));
    }

    [Fact]
    public void Who_only_looks_finds_what_was_there_when_he_looked()
    {
        using var file = new LedgerFile();
        using (var none = LedgerSnapshot.Read(file.Folder))
            Assert.Null(none.Find(LedgerFile.Key(1)));
        using ResumeLedger ledger = file.Open();
        ledger.Append(file.Uploaded(1));
        ledger.Append(file.Synced(1));
        using var snapshot = LedgerSnapshot.Read(file.Folder);
        ledger.Append(file.Uploaded(1));
        ledger.Append(file.Uploaded(2));
        Assert.Equal(LedgerKind.Synced, snapshot.Find(LedgerFile.Key(1))!.Kind);
        Assert.Null(snapshot.Find(LedgerFile.Key(2)));
    }

    [Fact]
    public void A_line_that_was_changed_since_it_was_read_is_damage()
    {
        using var file = new LedgerFile();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(file.Synced(1));
        using var snapshot = LedgerSnapshot.Read(file.Folder);
        int start = Array.IndexOf(file.Bytes, (byte)'\n') + 1;
        file.Bytes = [.. file.Bytes[..start], .. LineCheck.Seal(file.Synced(2).ToJson())];
        Assert.Equal(LinkedInErrorId.LedgerDamaged, Assert.Throws<LinkedInException>(() => snapshot.Find(LedgerFile.Key(1))).Id);
    }

    /// <summary>How long the next run waits before it sends a full minute's records.</summary>
    private static async Task<TimeSpan> WaitAsync(LedgerFile file, FakeTime time)
    {
        DateTimeOffset start = time.GetUtcNow();
        var pacer = new RecordPacer(100, time);
        using (var ledger = ResumeLedger.Open(FileSystem.Real, file.Folder, LedgerFile.Api, time))
            ledger.Remind(pacer);
        await time.RunAsync(pacer.EnterAsync(100, default));
        return time.GetUtcNow() - start;
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
}
