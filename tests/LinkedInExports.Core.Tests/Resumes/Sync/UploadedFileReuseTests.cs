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
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(5);
        await LeaveUploadedAsync(bench, inputs);
        Assert.Equal((0, 5, 5), (bench.Status().InSync, bench.Status().UploadedNotLinked, bench.Status().Pending));

        Assert.All(await bench.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(5, bench.Uploads.Length);
        Assert.Equal((5, 0), (bench.Status().InSync, bench.Status().UploadedNotLinked));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task SyncAsync_FileOfEarlierRunExpired_IsUploadedAgain(int status)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(3);
        await LeaveUploadedAsync(bench, inputs);
        bench.Emulator.ResumeFaults.Add(ResumeFault.Refuse(status) with { CandidateIdPrefix = "C-2", Times = 1 });

        Assert.All(await bench.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(4, bench.Uploads.Length);
        Assert.Empty(bench.Recorder.Errors);
        Assert.Equal(ResumeSyncOutcome.Unchanged, (await bench.SyncAsync(inputs))[1].Outcome);
    }

    [Fact]
    public async Task SyncAsync_FileRejectedAfterUpload_Fails()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(3);
        await LeaveUploadedAsync(bench, inputs);
        bench.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2" });
        ResumeSyncResult[] results = await bench.SyncAsync(inputs);
        Assert.Equal((ResumeSyncOutcome.Failed, 400), (results[1].Outcome, results[1].StatusCode));
        Assert.Equal(4, bench.Uploads.Length);
    }

    [Theory]
    [InlineData(49, 1)]
    [InlineData(51, 2)]
    public async Task SyncAsync_FileNearExpiry_IsUploadedAgain(int minutesLater, int uploads)
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        LinkedInClient client = bench.Connect(time: time);
        ResumeInput[] inputs = bench.Inputs(1);
        ResumeSyncOptions options = bench.Options(retainFor: TimeSpan.FromHours(1));
        await LeaveUploadedAsync(bench, inputs, options, client);
        time.Advance(TimeSpan.FromMinutes(minutesLater));
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await bench.SyncAsync(inputs, options, client)).Outcome);
        Assert.Equal(uploads, bench.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_RetentionChanged_IsUploadedAgain()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(1);
        await LeaveUploadedAsync(bench, inputs);
        await bench.SyncAsync(inputs, bench.Options(retainFor: TimeSpan.FromDays(2)));
        Assert.Equal(2, bench.Uploads.Length);
        Assert.NotNull(Assert.Single(bench.Emulator.Resumes).File.ExpiresAt);
    }

    /// <summary>Runs a sync that uploads all files and updates no record.</summary>
    private static async Task LeaveUploadedAsync(
        ResumeSyncFixture bench,
        ResumeInput[] inputs,
        ResumeSyncOptions? options = null,
        LinkedInClient? client = null
    )
    {
        bench.Emulator.Faults.Add(Fault.Status(403) with { PathPrefix = "/v2/tcrmCandidateResumes" });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => bench.SyncAsync(inputs, options, client));
        Assert.Equal(LinkedInErrorId.AccessDenied, error.Id);
        Assert.Equal(inputs.Length, bench.Uploads.Length);
        Assert.Equal(0, bench.Emulator.ResumeCount);
    }
}
