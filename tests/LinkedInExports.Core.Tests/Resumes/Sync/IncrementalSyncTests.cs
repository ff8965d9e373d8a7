using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator.Resumes;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Files with the length and modification time of the last run are not read.</summary>
public sealed class IncrementalSyncTests(ITestOutputHelper output)
{
    private static readonly DateTime Past = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task SyncAsync_UnchangedFile_IsNotRead()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(bench, "one");
        await bench.SyncAsync([input]);
        using FileStream locked = Lock(input);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await bench.SyncAsync([input])).Outcome);

        // A new date is sent with the file that is uploaded.
        ResumeInput later = input with
        {
            CreatedAt = ResumeSyncFixture.CreatedAt + 1,
        };
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await bench.SyncAsync([later])).Outcome);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await bench.SyncAsync([later])).Outcome);
        Assert.Equal((1, 2), (bench.Uploads.Length, bench.Batches.Length));
    }

    [Fact]
    public async Task SyncAsync_Checksum_ReadsUnchangedFile()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(bench, "one");
        await bench.SyncAsync([input]);
        using FileStream locked = Lock(input);
        ResumeSyncResult result = Assert.Single(await bench.SyncAsync([input], bench.Options() with { Checksum = true }));
        Assert.Equal(ResumeSyncReason.Unreadable, result.ReasonId);
    }

    [Fact]
    public async Task SyncAsync_LedgerCannotBeRead_EndsRunAndRejectsNothing()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs =
        [
            Input(bench, "one") with
            {
                CandidateId = "C-1",
            },
            Input(bench, "two") with
            {
                CandidateId = "C-2",
            },
        ];
        await bench.SyncAsync(inputs);

        // After the ledger was opened, at the look-up of a record that is sent again.
        bool isAdded = false;
        var files = new FaultyFileSystem { Fails = (step, _) => isAdded && step == "Read resume-sync.ledger" };
        IEnumerable<ResumeInput> later = inputs.Select(input =>
        {
            isAdded = true;
            return input with { CreatedAt = ResumeSyncFixture.CreatedAt + 1 };
        });
        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() =>
            bench.SyncAsync(later, client: bench.Connect(files: files))
        );
        Assert.Equal(LinkedInErrorId.FileReadFailed, failure.Id);
        Assert.Equal((0, 0, 2), (bench.Status().Rejected, bench.Status().Failed, bench.Status().InSync));
    }

    /// <summary>The case that length and modification time do not show.</summary>
    [Fact]
    public async Task SyncAsync_TimeResetAfterChange_IsFoundWithChecksumOnly()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(bench, "one");
        await bench.SyncAsync([input]);
        Write(input, "two", Past);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await bench.SyncAsync([input])).Outcome);
        ResumeSyncOptions checksum = bench.Options() with { Checksum = true };
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await bench.SyncAsync([input], checksum)).Outcome);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await bench.SyncAsync([input], checksum)).Outcome);
        Assert.Equal(2, bench.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_OtherFileWithSameLengthAndTime_IsRead()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(bench, "one");
        await bench.SyncAsync([input]);
        ResumeInput other = input with { Path = bench.Folder.File("other.txt") };
        Write(other, "two", Past);
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await bench.SyncAsync([other])).Outcome);
    }

    [Fact]
    public async Task SyncAsync_FileModifiedJustBeforeRun_IsReadInNextRun()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(bench, "one");
        DateTime justNow = DateTime.UtcNow;
        Write(input, "one", justNow);
        await bench.SyncAsync([input]);
        Write(input, "two", justNow);
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await bench.SyncAsync([input])).Outcome);
    }

    [Fact]
    public async Task SyncAsync_NewTimeWithSameContent_IsReadOnce()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(bench, "one");
        await bench.SyncAsync([input]);
        DateTimeOffset? syncedAt = Assert.Single(CandidateResumeClient.ReadResults(bench.Ledger, default)).CompletedAt;
        Write(input, "one", Past.AddSeconds(1));
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await bench.SyncAsync([input])).Outcome);
        using FileStream locked = Lock(input);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await bench.SyncAsync([input])).Outcome);

        ResumeSyncResult known = Assert.Single(CandidateResumeClient.ReadResults(bench.Ledger, default));
        Assert.Equal((ResumeSyncOutcome.Synced, syncedAt), (known.Outcome, known.CompletedAt));
        Assert.Equal((1, 1), (bench.Status().InSync, bench.Status().Unchanged));
    }

    /// <summary>Random changes of files and records, and a run after each.</summary>
    [Fact]
    public async Task SyncAsync_RandomChanges_SendsExactlyTheChangedRecords()
    {
        int seed = new Random().Next();
        output.WriteLine($"Seed: {seed}");
        var random = new Random(seed);
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        var records = Enumerable.Range(1, 12).Select(number => new Record(bench, number)).ToArray();
        await bench.SyncAsync(records.Select(record => record.Input));
        for (int round = 0; round < ExhaustiveTests.GetRunCount(30, 1000); round++)
        {
            foreach (Record record in records)
                record.Change(random);
            int uploads = bench.Uploads.Length;
            ResumeSyncOptions options = bench.Options() with { Checksum = random.Next(5) == 0 };
            Assert.Equal(
                records.Select(record => (record.Input.CandidateId, record.Action)).Order(),
                await PlanAsync(bench, records, options)
            );

            ResumeSyncResult[] results = await bench.SyncAsync(records.Select(record => record.Input), options);
            Assert.Equal(
                records.Select(record =>
                    (
                        record.Input.CandidateId,
                        record.Action == PlannedResumeAction.None ? ResumeSyncOutcome.Unchanged : ResumeSyncOutcome.Synced
                    )
                ),
                results.Select(result => ((string?)result.CandidateId, result.Outcome))
            );
            Assert.Equal(records.Count(record => record.Action == PlannedResumeAction.Upload), bench.Uploads.Length - uploads);
            foreach (Record record in records)
                record.AssertAt(bench);
        }
    }

    private static async Task<(string?, PlannedResumeAction)[]> PlanAsync(
        ResumeSyncFixture bench,
        Record[] records,
        ResumeSyncOptions options
    )
    {
        using ResumeSync sync = bench.Client.CandidateResumes.CreateSync(options with { IsPlanOnly = true });
        foreach (Record record in records)
            sync.Add(record.Input);
        bench.StartOver();
        await sync.PlanRecordsAsync(bench.Recorder, default).RecordAsync(bench.Recorder);
        return
        [
            .. bench
                .Recorder.Outputs.Cast<PlannedResume>()
                .Select(planned => ((string?)planned.CandidateId, planned.Action))
                .Order(),
        ];
    }

    private static ResumeInput Input(ResumeSyncFixture bench, string text)
    {
        ResumeInput input = ResumeSyncFixture.Input("C-1", bench.Folder.File("1.txt"));
        Write(input, text, Past);
        return input;
    }

    private static void Write(ResumeInput input, string text, DateTime modifiedAt)
    {
        File.WriteAllText(input.Path!, text);
        File.SetLastWriteTimeUtc(input.Path!, modifiedAt);
    }

    /// <summary>Opens a file so that it cannot be read.</summary>
    private static FileStream Lock(ResumeInput input) => new(input.Path!, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    /// <summary>A record, its file, and the change since the last run.</summary>
    private sealed class Record
    {
        private readonly ResumeSyncFixture _bench;
        private string _text;
        private DateTime _modifiedAt = Past;
        private int _copies;

        internal Record(ResumeSyncFixture bench, int number)
        {
            _bench = bench;
            _text = $"resume {number:00}, version {0:0000}";
            Input = ResumeSyncFixture.Input($"C-{number}", bench.Folder.File($"{number}.txt"));
            Save();
        }

        internal ResumeInput Input { get; private set; }

        internal PlannedResumeAction Action { get; private set; }

        internal void Change(Random random)
        {
            Action = PlannedResumeAction.None;
            switch (random.Next(8))
            {
                case 0: // Same length, new time.
                    ChangeText(_text[..^4] + $"{random.Next(10_000):0000}");
                    break;
                case 1: // New length, same time.
                    _text += ".";
                    Action = PlannedResumeAction.Upload;
                    break;
                case 2: // New time only.
                    _modifiedAt = _modifiedAt.AddTicks(1);
                    break;
                case 3: // Another file with the same length and time.
                    Input = Input with { Path = _bench.Folder.File($"{Input.CandidateId}-{++_copies}.txt") };
                    string before = _text;
                    _text = _text[..^4] + $"{random.Next(10_000):0000}";
                    Action = _text == before ? PlannedResumeAction.None : PlannedResumeAction.Upload;
                    break;
                case 4: // New date of the record.
                    Input = Input with { CreatedAt = (long)Input.CreatedAt! + 1 };
                    Action = PlannedResumeAction.Update;
                    break;
            }

            Save();
        }

        /// <summary>LinkedIn has the record and the content of its file.</summary>
        internal void AssertAt(ResumeSyncFixture bench)
        {
            EmulatedResume resume = bench.Emulator.Resumes.Single(one => one.CandidateId == Input.CandidateId);
            Assert.Equal((long)Input.CreatedAt!, resume.CreatedAt);
            Assert.Equal(_text, Encoding.UTF8.GetString([.. resume.File.Bytes!]));
        }

        private void ChangeText(string text)
        {
            Action = text == _text ? PlannedResumeAction.None : PlannedResumeAction.Upload;
            _text = text;
            _modifiedAt = _modifiedAt.AddTicks(1);
        }

        private void Save() => Write(Input, _text, _modifiedAt);
    }
}
