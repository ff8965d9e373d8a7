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
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(fixture, "one");
        await fixture.SyncAsync([input]);
        using FileStream locked = Lock(input);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await fixture.SyncAsync([input])).Outcome);

        // A new date is sent with the file that is uploaded.
        ResumeInput later = input with
        {
            CreatedAt = ResumeSyncFixture.CreatedAt + 1,
        };
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await fixture.SyncAsync([later])).Outcome);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await fixture.SyncAsync([later])).Outcome);
        Assert.Equal((1, 2), (fixture.Uploads.Length, fixture.Batches.Length));
    }

    [Fact]
    public async Task SyncAsync_Checksum_ReadsUnchangedFile()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(fixture, "one");
        await fixture.SyncAsync([input]);
        using FileStream locked = Lock(input);
        ResumeSyncResult result = Assert.Single(await fixture.SyncAsync([input], fixture.Options() with { Checksum = true }));
        Assert.Equal(ResumeSyncReason.Unreadable, result.ReasonId);
    }

    [Fact]
    public async Task SyncAsync_LedgerCannotBeRead_EndsRunAndRejectsNothing()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs =
        [
            Input(fixture, "one") with
            {
                CandidateId = "C-1",
            },
            Input(fixture, "two") with
            {
                CandidateId = "C-2",
            },
        ];
        await fixture.SyncAsync(inputs);

        // After the ledger was opened, at the look-up of a record that is sent again.
        bool isAdded = false;
        var files = new FaultyFileSystem { Fails = (step, _) => isAdded && step == "Read resume-sync.ledger" };
        IEnumerable<ResumeInput> later = inputs.Select(input =>
        {
            isAdded = true;
            return input with { CreatedAt = ResumeSyncFixture.CreatedAt + 1 };
        });
        LinkedInException failure = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(later, client: fixture.Connect(files: files))
        );
        Assert.Equal(LinkedInErrorId.FileReadFailed, failure.Id);
        Assert.Equal((0, 0, 2), (fixture.Status().Rejected, fixture.Status().Failed, fixture.Status().InSync));
    }

    /// <summary>The case that length and modification time do not show.</summary>
    [Fact]
    public async Task SyncAsync_TimeResetAfterChange_IsFoundWithChecksumOnly()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(fixture, "one");
        await fixture.SyncAsync([input]);
        Write(input, "two", Past);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await fixture.SyncAsync([input])).Outcome);
        ResumeSyncOptions checksum = fixture.Options() with { Checksum = true };
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await fixture.SyncAsync([input], checksum)).Outcome);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await fixture.SyncAsync([input], checksum)).Outcome);
        Assert.Equal(2, fixture.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_OtherFileWithSameLengthAndTime_IsRead()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(fixture, "one");
        await fixture.SyncAsync([input]);
        ResumeInput other = input with { Path = fixture.Folder.File("other.txt") };
        Write(other, "two", Past);
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await fixture.SyncAsync([other])).Outcome);
    }

    [Fact]
    public async Task SyncAsync_FileModifiedJustBeforeRun_IsReadInNextRun()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(fixture, "one");
        DateTime justNow = DateTime.UtcNow;
        Write(input, "one", justNow);
        await fixture.SyncAsync([input]);
        Write(input, "two", justNow);
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await fixture.SyncAsync([input])).Outcome);
    }

    [Fact]
    public async Task SyncAsync_NewTimeWithSameContent_IsReadOnce()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput input = Input(fixture, "one");
        await fixture.SyncAsync([input]);
        DateTimeOffset? syncedAt = Assert.Single(CandidateResumeClient.ReadResults(fixture.Ledger, default)).CompletedAt;
        Write(input, "one", Past.AddSeconds(1));
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await fixture.SyncAsync([input])).Outcome);
        using FileStream locked = Lock(input);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await fixture.SyncAsync([input])).Outcome);

        ResumeSyncResult known = Assert.Single(CandidateResumeClient.ReadResults(fixture.Ledger, default));
        Assert.Equal((ResumeSyncOutcome.Synced, syncedAt), (known.Outcome, known.CompletedAt));
        Assert.Equal((1, 1), (fixture.Status().InSync, fixture.Status().Unchanged));
    }

    [Fact]
    public async Task SyncAsync_UploadHasNoResponse_UnchangedRecordsHaveResults()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(200);
        foreach (ResumeInput input in inputs)
            File.SetLastWriteTimeUtc(input.Path!, Past);
        await fixture.SyncAsync(inputs);
        Write(inputs[0], "changed", Past);

        using var unchanged = new CountdownEvent(inputs.Length - 1);
        var network = new TamperingHandler((_, _) => null)
        {
            BeforeSending = _ => Assert.True(unchanged.Wait(TimeSpan.FromSeconds(30))),
        };
        using ResumeSync sync = fixture.Connect(network: network).CandidateResumes.CreateSync(fixture.Options());
        foreach (ResumeInput input in inputs)
            sync.Add(input);
        await foreach (ResumeSyncResult result in sync.SyncAsync(fixture.Recorder, default))
        {
            if (result.Outcome == ResumeSyncOutcome.Unchanged)
                unchanged.Signal();
            else
                Assert.Equal(("C-1", ResumeSyncOutcome.Synced), (result.CandidateId, result.Outcome));
        }
    }

    /// <summary>Random changes of files and records, and a run after each.</summary>
    [Fact]
    public async Task SyncAsync_RandomChanges_SendsExactlyTheChangedRecords()
    {
        int seed = new Random().Next();
        output.WriteLine($"Seed: {seed}");
        var random = new Random(seed);
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        var records = Enumerable.Range(1, 12).Select(number => new Record(fixture, number)).ToArray();
        await fixture.SyncAsync(records.Select(record => record.Input));
        for (int round = 0; round < ExhaustiveTests.GetRunCount(30, 1000); round++)
        {
            foreach (Record record in records)
                record.Change(random);
            int uploads = fixture.Uploads.Length;
            ResumeSyncOptions options = fixture.Options() with { Checksum = random.Next(5) == 0 };
            Assert.Equal(
                records.Select(record => (record.Input.CandidateId, record.Action)).Order(),
                await PlanAsync(fixture, records, options)
            );

            ResumeSyncResult[] results = await fixture.SyncAsync(records.Select(record => record.Input), options);
            Assert.Equal(
                records.Select(record =>
                    (
                        record.Input.CandidateId,
                        record.Action == PlannedResumeAction.None ? ResumeSyncOutcome.Unchanged : ResumeSyncOutcome.Synced
                    )
                ),
                results.Select(result => ((string?)result.CandidateId, result.Outcome))
            );
            Assert.Equal(records.Count(record => record.Action == PlannedResumeAction.Upload), fixture.Uploads.Length - uploads);
            foreach (Record record in records)
                record.AssertAt(fixture);
        }
    }

    private static async Task<(string?, PlannedResumeAction)[]> PlanAsync(
        ResumeSyncFixture fixture,
        Record[] records,
        ResumeSyncOptions options
    )
    {
        using ResumeSync sync = fixture.Client.CandidateResumes.CreateSync(options with { IsPlanOnly = true });
        foreach (Record record in records)
            sync.Add(record.Input);
        fixture.StartOver();
        await sync.PlanRecordsAsync(fixture.Recorder, default).RecordAsync(fixture.Recorder);
        return
        [
            .. fixture
                .Recorder.Outputs.Cast<PlannedResume>()
                .Select(planned => ((string?)planned.CandidateId, planned.Action))
                .Order(),
        ];
    }

    private static ResumeInput Input(ResumeSyncFixture fixture, string text)
    {
        ResumeInput input = ResumeSyncFixture.Input("C-1", fixture.Folder.File("1.txt"));
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
        private readonly ResumeSyncFixture _fixture;
        private string _text;
        private DateTime _modifiedAt = Past;
        private int _copies;

        internal Record(ResumeSyncFixture fixture, int number)
        {
            _fixture = fixture;
            _text = $"resume {number:00}, version {0:0000}";
            Input = ResumeSyncFixture.Input($"C-{number}", fixture.Folder.File($"{number}.txt"));
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
                    Input = Input with { Path = _fixture.Folder.File($"{Input.CandidateId}-{++_copies}.txt") };
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
        internal void AssertAt(ResumeSyncFixture fixture)
        {
            EmulatedResume resume = fixture.Emulator.Resumes.Single(one => one.CandidateId == Input.CandidateId);
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
