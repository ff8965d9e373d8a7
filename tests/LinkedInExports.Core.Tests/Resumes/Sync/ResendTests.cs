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
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] input = fixture.Inputs(1);
        await fixture.SyncAsync(input);
        ResumeSyncOptions resend = fixture.Options() with { Resend = ResumeResend.All, StopAfter = TimeSpan.Zero };
        Assert.Equal(ResumeSyncOutcome.Pending, Assert.Single(await fixture.SyncAsync(input, resend)).Outcome);
        File.SetLastWriteTimeUtc(input[0].Path!, new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc));
        await fixture.SyncAsync(input);
        ResumeSyncResult[] results = await fixture.SyncAsync(input, resend with { StopAfter = null });
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(results).Outcome);
        Assert.Equal(2, fixture.Uploads.Length);
    }

    [Theory]
    [InlineData(ResumeSyncOutcome.Rejected)]
    [InlineData(ResumeSyncOutcome.Failed)]
    public async Task SyncAsync_RecordFailsDuringResend_IsSentByTheNextRun(ResumeSyncOutcome outcome)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(2);
        await fixture.SyncAsync(inputs);
        string away = inputs[1].Path + ".away";
        if (outcome == ResumeSyncOutcome.Rejected)
            File.Move(inputs[1].Path!, away);
        else
            fixture.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/", Skip = 1, Times = 10 });
        ResumeSyncOptions resend = fixture.Options() with { Resend = ResumeResend.All, ThrottleLimit = 1 };
        Assert.Equal(
            [ResumeSyncOutcome.Synced, outcome],
            (await fixture.SyncAsync(inputs, resend)).Select(result => result.Outcome)
        );
        Assert.Equal(1, fixture.Status().InSync);

        if (outcome == ResumeSyncOutcome.Rejected)
            File.Move(away, inputs[1].Path!);
        fixture.Emulator.Faults.Clear();
        Assert.Equal(
            [ResumeSyncOutcome.Unchanged, ResumeSyncOutcome.Synced],
            (await fixture.SyncAsync(inputs)).Select(result => result.Outcome)
        );
        Assert.Equal(2, fixture.Status().InSync);
    }

    [Fact]
    public async Task SyncAsync_ResendWithLessInput_WarnsOfTheRecordsThatAreNotSent()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(3);
        await fixture.SyncAsync(inputs);
        ResumeSyncOptions resend = fixture.Options() with { Resend = ResumeResend.All, StopAfter = TimeSpan.Zero };
        await fixture.SyncAsync(inputs, resend);
        await fixture.SyncAsync(inputs);
        Assert.Contains("Use -Resend All to continue it.", Assert.Single(fixture.Recorder.Warnings), StringComparison.Ordinal);
        await fixture.SyncAsync(inputs[..1], resend with { StopAfter = null });
        Assert.Contains(fixture.Recorder.Warnings, text => text.EndsWith("were not sent again: 2.", StringComparison.Ordinal));
    }
}
