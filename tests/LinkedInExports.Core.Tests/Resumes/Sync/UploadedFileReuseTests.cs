using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Files that an earlier run uploaded.</summary>
public sealed class UploadedFileReuseTests
{
    [Fact]
    public async Task SyncAsync_FilesUploadedByEarlierRun_AreNotUploadedAgain()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(5);
        await LeaveUploadedAsync(fixture, inputs);
        Assert.Equal((0, 5, 5), (fixture.Status().InSync, fixture.Status().UploadedNotLinked, fixture.Status().Pending));

        Assert.All(await fixture.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(5, fixture.Uploads.Length);
        Assert.Equal((5, 0), (fixture.Status().InSync, fixture.Status().UploadedNotLinked));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task SyncAsync_FileOfEarlierRunExpired_IsUploadedAgain(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(3);
        await LeaveUploadedAsync(fixture, inputs);
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(status) with { CandidateIdPrefix = "C-2", Times = 1 });

        Assert.All(await fixture.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(4, fixture.Uploads.Length);
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal(ResumeSyncOutcome.Unchanged, (await fixture.SyncAsync(inputs))[1].Outcome);
    }

    [Fact]
    public async Task SyncAsync_FileRejectedAfterUpload_Fails()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(3);
        await LeaveUploadedAsync(fixture, inputs);
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2" });
        ResumeSyncResult[] results = await fixture.SyncAsync(inputs);
        Assert.Equal((ResumeSyncOutcome.Failed, 400), (results[1].Outcome, results[1].StatusCode));
        Assert.Equal(4, fixture.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_DeadlineWhileRejectedFileIsUploadedAgain_IsPending()
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        ResumeInput[] inputs = fixture.Inputs(1);
        await LeaveUploadedAsync(fixture, inputs, client: fixture.Connect(time: time));
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(404) with { Times = 1 });
        var network = new TamperingHandler((_, _) => null)
        {
            BeforeSending = request =>
            {
                if (request.RequestUri!.AbsolutePath == "/ambry/")
                    time.Advance(TimeSpan.FromHours(2));
            },
        };
        ResumeSyncResult[] results = await fixture.SyncAsync(
            inputs,
            fixture.Options() with
            {
                StopAfter = TimeSpan.FromHours(1),
            },
            fixture.Connect(time: time, network: network)
        );
        Assert.Equal(ResumeSyncReason.TimeExpired, Assert.Single(results).ReasonId);
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Theory]
    [InlineData(49, 1)]
    [InlineData(51, 2)]
    public async Task SyncAsync_FileNearExpiry_IsUploadedAgain(int minutesLater, int uploads)
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        LinkedInClient client = fixture.Connect(time: time);
        ResumeInput[] inputs = fixture.Inputs(1);
        ResumeSyncOptions options = fixture.Options(retainFor: TimeSpan.FromHours(1));
        await LeaveUploadedAsync(fixture, inputs, options, client);
        time.Advance(TimeSpan.FromMinutes(minutesLater));
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await fixture.SyncAsync(inputs, options, client)).Outcome);
        Assert.Equal(uploads, fixture.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_RetentionChanged_IsUploadedAgain()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(1);
        await LeaveUploadedAsync(fixture, inputs);
        await fixture.SyncAsync(inputs, fixture.Options(retainFor: TimeSpan.FromDays(2)));
        Assert.Equal(2, fixture.Uploads.Length);
        Assert.NotNull(Assert.Single(fixture.Emulator.Resumes).File.ExpiresAt);
    }

    /// <summary>Runs a sync that uploads all files and updates no record.</summary>
    private static async Task LeaveUploadedAsync(
        ResumeSyncFixture fixture,
        ResumeInput[] inputs,
        ResumeSyncOptions? options = null,
        LinkedInClient? client = null
    )
    {
        fixture.Emulator.Faults.Add(Fault.Status(403) with { PathPrefix = "/v2/tcrmCandidateResumes" });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => fixture.SyncAsync(inputs, options, client));
        Assert.Equal(LinkedInErrorId.AccessDenied, error.Id);
        Assert.Equal(inputs.Length, fixture.Uploads.Length);
        Assert.Equal(0, fixture.Emulator.ResumeCount);
    }
}
