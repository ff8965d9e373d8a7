using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>A resend of all records sends each one, in as many runs as it takes.</summary>
public sealed class ResendTests
{
    [Fact]
    public async Task SyncAsync_NewTimeDuringResend_RecordIsStillResent()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] input = bench.Inputs(1);
        await bench.SyncAsync(input);
        ResumeSyncOptions resend = bench.Options() with { Resend = ResumeResend.All, StopAfter = TimeSpan.Zero };
        Assert.Equal(ResumeSyncOutcome.Pending, Assert.Single(await bench.SyncAsync(input, resend)).Outcome);
        File.SetLastWriteTimeUtc(input[0].Path!, new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc));
        await bench.SyncAsync(input);
        ResumeSyncResult[] results = await bench.SyncAsync(input, resend with { StopAfter = null });
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(results).Outcome);
        Assert.Equal(2, bench.Uploads.Length);
    }

    [Theory]
    [InlineData(ResumeSyncOutcome.Rejected)]
    [InlineData(ResumeSyncOutcome.Failed)]
    public async Task SyncAsync_RecordFailsDuringResend_IsSentByTheNextRun(ResumeSyncOutcome outcome)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(2);
        await bench.SyncAsync(inputs);
        string away = inputs[1].Path + ".away";
        if (outcome == ResumeSyncOutcome.Rejected)
            File.Move(inputs[1].Path!, away);
        else
            bench.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/", Skip = 1, Times = 10 });
        ResumeSyncOptions resend = bench.Options() with { Resend = ResumeResend.All, ThrottleLimit = 1 };
        Assert.Equal(
            [ResumeSyncOutcome.Synced, outcome],
            (await bench.SyncAsync(inputs, resend)).Select(result => result.Outcome)
        );
        Assert.Equal(1, bench.Status().InSync);

        if (outcome == ResumeSyncOutcome.Rejected)
            File.Move(away, inputs[1].Path!);
        bench.Emulator.Faults.Clear();
        Assert.Equal(
            [ResumeSyncOutcome.Unchanged, ResumeSyncOutcome.Synced],
            (await bench.SyncAsync(inputs)).Select(result => result.Outcome)
        );
        Assert.Equal(2, bench.Status().InSync);
    }

    [Fact]
    public async Task SyncAsync_ResendWithLessInput_WarnsOfTheRecordsThatAreNotSent()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(3);
        await bench.SyncAsync(inputs);
        ResumeSyncOptions resend = bench.Options() with { Resend = ResumeResend.All, StopAfter = TimeSpan.Zero };
        await bench.SyncAsync(inputs, resend);
        await bench.SyncAsync(inputs);
        Assert.Contains("Use -Resend All to continue it.", Assert.Single(bench.Recorder.Warnings), StringComparison.Ordinal);
        await bench.SyncAsync(inputs[..1], resend with { StopAfter = null });
        Assert.Contains(
            bench.Recorder.Warnings,
            text => text.StartsWith("2 records of the ledger are not in the input", StringComparison.Ordinal)
        );
    }
}
