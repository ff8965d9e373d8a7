using System.Diagnostics;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>Two runs can't share a checkpoint; the commands of one run do.</summary>
public sealed class CheckpointLeaseTests
{
    [Fact]
    public async Task Open_WhileOtherRunHoldsLease_Throws()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        object first = new(),
            second = new();
        CheckpointLease creating = run.Open(first);
        CheckpointLease saving = run.Open(first);
        Assert.Equal(LinkedInErrorId.CheckpointInUse, Assert.Throws<LinkedInException>(() => run.Open(second)).Id);

        creating.Dispose();
        creating.Dispose(); // Only the first call has an effect.
        Assert.Equal(LinkedInErrorId.CheckpointInUse, Assert.Throws<LinkedInException>(() => run.Open(second)).Id);

        saving.Dispose();
        run.Open(second).Dispose();
    }

    [Fact]
    public async Task GetSeries_ChangedByOtherCommandOfRun_ReturnsChange()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        using CheckpointLease creating = run.Open(run);
        using CheckpointLease saving = run.Open(run);
        await fixture
            .Client.CreateIncrementalExports(creating)
            .ContinueCrmValidationAsync(
                EmulatorFixture.CrmInstance,
                EmulatorFixture.Start,
                TimeSpan.Zero,
                false,
                run.Recorder,
                default
            )
            .RecordAsync(run.Recorder);
        Assert.Single(saving.GetSeries(ExportType.CrmValidation, EmulatorFixture.Crm).Slices);
    }

    [Fact]
    public async Task Update_AfterDispose_Throws()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        CheckpointLease checkpoint = run.Open();
        checkpoint.Dispose();
        Assert.Throws<ObjectDisposedException>(() => checkpoint.MarkSaved(run.Jobs[0], run.Recorder));
    }

    [Fact]
    public async Task Open_HeldByOtherProcess_ThrowsUntilItEnds()
    {
        if (OperatingSystem.IsWindows())
            return; // The test needs flock as the other process.

        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        run.Open().Dispose();
        using Process holder = Process.Start(
            new ProcessStartInfo("flock", [run.CheckpointPath + ".lock", "sh", "-c", "echo held; exec sleep 60"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        try
        {
            LinkedInException error = Assert.Throws<LinkedInException>(() => run.Open());
            Assert.Equal((LinkedInErrorId.CheckpointInUse, run.CheckpointPath), (error.Id, error.Target));
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
            await holder.WaitForExitAsync();
        }

        Assert.True(SpinWait.SpinUntil(() => TryOpen(run), TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Open_DuringWriteOfSameRun_Waits()
    {
        // As Save-ExportFile in a ForEach-Object after New-SalesAnalyticsExportJob, which creates further jobs in the meantime.
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        using CheckpointLease creating = run.Open();
        using var isWritten = new CancellationTokenSource();
        Task writing = Task.Run(() =>
        {
            for (int minute = 0; minute < 200; minute++)
            {
                creating.Update(
                    ExportType.Seat,
                    "urn:li:contract:7001",
                    series => series with { Watermark = EmulatorFixture.Start.AddMinutes(minute) }
                );
            }

            isWritten.Cancel();
        });
        while (!isWritten.IsCancellationRequested && !writing.IsCompleted)
            fixture.Client.ValidateCheckpoint(run.CheckpointPath);
        await writing;
    }

    [Fact]
    public async Task Open_HeldByOtherProcess_DoesNotReadBeforeLock()
    {
        if (OperatingSystem.IsWindows())
            return; // The test needs flock as the other process.

        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        using Process holder = Process.Start(
            new ProcessStartInfo(
                "flock",
                [run.CheckpointPath + ".lock", "flock", run.CheckpointPath, "sh", "-c", "echo held; exec sleep 60"]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        try
        {
            fixture.Client.ValidateCheckpoint(run.CheckpointPath);
            Assert.Equal(LinkedInErrorId.CheckpointInUse, Assert.Throws<LinkedInException>(() => run.Open()).Id);
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
            await holder.WaitForExitAsync();
        }
    }

    private static bool TryOpen(DailyExportFixture run)
    {
        try
        {
            run.Open().Dispose();
            return true;
        }
        catch (LinkedInException busy) when (busy.Id == LinkedInErrorId.CheckpointInUse)
        {
            return false;
        }
    }
}
