using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Checkpoints;

public sealed class CrmCheckpointTests
{
    [Fact]
    public async Task Open_CheckpointThatIsALink_ThrowsAndKeepsIt()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        File.CreateSymbolicLink(run.CheckpointPath, fixture.Folder.File("volume.json"));
        LinkedInException error = Assert.Throws<LinkedInException>(() => run.Open());
        Assert.Equal((LinkedInErrorId.InvalidPath, run.CheckpointPath), (error.Id, error.Target));
        Assert.Equal(fixture.Folder.File("volume.json"), File.ResolveLinkTarget(run.CheckpointPath, false)!.FullName);
    }

    [Fact]
    public async Task CrmValidation_SameCommandEachDay_StartsWhereTheLastExportEnded()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        DateTimeOffset expected = EmulatorFixture.Start;
        for (int day = 0; day < 3; day++)
        {
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Empty(run.Recorder.Errors);
            Assert.Empty(run.Recorder.Warnings);
            CrmValidationExportJob job = Assert.IsType<CrmValidationExportJob>(Assert.Single(run.Jobs));
            Assert.Equal(expected, job.ExportStartAt);
            Assert.Equal(2, run.Files.Length);
            expected = (
                await fixture.Client.CrmValidation.GetAsync(
                    job.JobId,
                    EmulatorFixture.CrmInstance,
                    new RecordingOutput(),
                    default
                )
            )
                .ExportEndAt!
                .Value;
            Assert.Equal((expected, 0), (run.CrmSeries.Watermark, run.CrmSeries.Slices.Length));
        }

        Assert.Equal(3, CrmExport.CountCreated(fixture));
    }

    [Fact]
    public async Task CrmValidation_LinkedInSuggestsTheSameStart_StartsThereAgain()
    {
        // As in the tutorial's sample.
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions(nextIsStart: true));
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path) { Overlap = TimeSpan.FromDays(1) };
        for (int day = 0; day < 3; day++)
        {
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Empty(run.Recorder.Errors);
            Assert.Empty(run.Recorder.Warnings);
            Assert.Equal(EmulatorFixture.Start, Assert.IsType<CrmValidationExportJob>(Assert.Single(run.Jobs)).ExportStartAt);
            Assert.Equal((EmulatorFixture.Start, 0), (run.CrmSeries.Watermark, run.CrmSeries.Slices.Length));
        }

        Assert.Equal(3, CrmExport.CountCreated(fixture));
    }

    [Theory]
    [InlineData(NextExportStart.AfterEnd, true)]
    [InlineData(NextExportStart.Absent, true)]
    [InlineData(NextExportStart.BeforeStart, false)]
    public async Task CrmValidation_LinkedInSuggestsAnotherStart_StaysWithinTheExport(NextExportStart next, bool isEnd)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        fixture.Emulator.Behavior = new() { NextExportStartAt = next };
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        CrmValidationExportJob job = await fixture.Client.CrmValidation.GetAsync(
            148,
            EmulatorFixture.CrmInstance,
            new RecordingOutput(),
            default
        );
        Assert.Equal(isEnd ? job.ExportEndAt : EmulatorFixture.Start, run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_LinkedInSuggestsTheStartThatItMoved_StartsThere()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            CrmExport.CreateOptions(nextIsStart: true, clamp: TimeSpan.FromDays(30))
        );
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        CrmValidationExportJob job = await fixture.Client.CrmValidation.GetAsync(
            148,
            EmulatorFixture.CrmInstance,
            new RecordingOutput(),
            default
        );
        Assert.Equal(
            (job.ExportEndAt!.Value.AddDays(-30), job.ExportStartAt),
            (job.ExportStartAt, run.CrmSeries.Watermark!.Value)
        );
    }

    [Fact]
    public async Task CrmValidation_WithOverlap_ReachesBackFromTheWatermarkButNotBeforeTheFirstStart()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path) { Overlap = TimeSpan.FromDays(1) };
        await run.CrmAsync(EmulatorFixture.Start);
        DateTimeOffset watermark = run.CrmSeries.Watermark!.Value;

        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal(watermark.AddDays(-1), Assert.IsType<CrmValidationExportJob>(Assert.Single(run.Jobs)).ExportStartAt);
        Assert.True(run.CrmSeries.Watermark > watermark);

        var greedy = new DailyExportFixture(fixture.Client, fixture.Folder.Path) { Overlap = TimeSpan.MaxValue };
        await greedy.CrmAsync(null);
        Assert.Equal(EmulatorFixture.Start, Assert.IsType<CrmValidationExportJob>(Assert.Single(greedy.Jobs)).ExportStartAt);
    }

    [Fact]
    public async Task CrmValidation_RunningJobAndOtherOverlap_KeepsStart()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        await new DailyExportFixture(fixture.Client, fixture.Folder.Path).CrmAsync(EmulatorFixture.Start);
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path) { Overlap = TimeSpan.FromDays(1) };
        await run.NewCrmAsync(null);
        DateTimeOffset start = run.CrmSeries.Slices[0].StartAt;

        await new DailyExportFixture(fixture.Client, fixture.Folder.Path) { Overlap = TimeSpan.FromDays(9) }.NewCrmAsync(null);
        Assert.Equal((start, 2), (run.CrmSeries.Slices[0].StartAt, CrmExport.CountCreated(fixture)));
    }

    [Fact]
    public async Task CrmValidation_FirstRunWithoutStart_ReportsError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.CrmAsync(null);
        LinkedInException error = Assert.Single(run.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.ExportStartRequired, EmulatorFixture.Crm), (error.Id, error.Target));
        Assert.Contains("-ExportStartAt", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, CrmExport.CountCreated(fixture));

        await run.CrmAsync(EmulatorFixture.Start);
        await run.CrmAsync(null);
        Assert.Empty(run.Recorder.Errors);
        Assert.Equal(2, CrmExport.CountCreated(fixture));
    }

    [Fact]
    public async Task CrmValidation_FirstStartInTheFuture_ReportsErrorAndKeepsTheCheckpointEmpty()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.CrmAsync(DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal(LinkedInErrorId.InvalidPeriod, Assert.Single(run.Recorder.Errors).Id);
        Assert.True(run.CrmSeries.IsEmpty);
        Assert.Equal(0, CrmExport.CountCreated(fixture));
    }

    [Fact]
    public async Task CrmValidation_StartAfterWatermark_UsesWatermarkAndWarns()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        DateTimeOffset watermark = run.CrmSeries.Watermark!.Value;
        await run.CrmAsync(DateTimeOffset.UtcNow.AddDays(1));
        Assert.Equal(watermark, ((CrmValidationExportJob)run.Jobs[0]).ExportStartAt);
        Assert.Contains("-ExportStartAt", Assert.Single(run.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_PartMissing_KeepsWatermark()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        fixture.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/", Skip = 1 });
        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(run.Recorder.Errors).Id);
        Assert.Null(run.CrmSeries.Watermark);

        int before = fixture.Downloads;
        await run.CrmAsync(EmulatorFixture.Start);
        Assert.Equal([1, 2], run.Files.Select(file => file.Part));
        Assert.Equal(before + 1, fixture.Downloads);
        Assert.NotNull(run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmAsync_CompletedJobWithoutLinks_KeepsTheWatermarkAndContinuesTheSameJob()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero, Parts = 0 }
        );
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        for (int day = 1; day <= 2; day++)
        {
            await run.CrmAsync(EmulatorFixture.Start);
            Assert.Equal(LinkedInErrorId.ExportLinksMissing, Assert.Single(run.Recorder.Errors).Id);
            Assert.Equal((null, 148L), (run.CrmSeries.Watermark, run.CrmSeries.Slices[0].JobId));
        }

        Assert.Equal(1, CrmExport.CountCreated(fixture));
    }

    [Fact]
    public async Task Save_JobNotInCheckpoint_KeepsWatermark()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.CrmAsync(EmulatorFixture.Start);
        DateTimeOffset? watermark = run.CrmSeries.Watermark;
        ExportJob saved = run.Jobs[0];
        ExportJob other = await fixture.CreateAndWaitAsync();
        using (CheckpointLease checkpoint = run.Open())
        {
            await run.SaveAsync(checkpoint, [other]);
            Assert.Contains(
                "does not track CrmValidation export job 149",
                Assert.Single(run.Recorder.Warnings),
                StringComparison.Ordinal
            );
            await run.SaveAsync(checkpoint, [saved]);
        }

        Assert.Contains(run.Recorder.VerboseLines, line => line.Contains("was saved before", StringComparison.Ordinal));
        Assert.Single(run.Recorder.Warnings);
        Assert.Equal(watermark, run.CrmSeries.Watermark);
    }

    [Fact]
    public async Task CrmValidation_SeveralInstances_HaveSeparateWatermarks()
    {
        const string other = "urn:li:crmInstance:(SFDC,00D000000000001AAA)";
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(CrmExport.CreateOptions());
        var run = new DailyExportFixture(fixture.Client, fixture.Folder.Path);
        await run.NewCrmAsync(EmulatorFixture.Start);
        await run.NewAsync(
            (exports, recorder) =>
                exports.ContinueCrmValidationAsync(
                    CrmInstanceUrn.Parse(other),
                    EmulatorFixture.Start.AddDays(1),
                    TimeSpan.Zero,
                    false,
                    recorder,
                    default
                )
        );
        Assert.Equal((148, 149), (run.CrmSeries.Slices[0].JobId, run.GetSeries(ExportType.CrmValidation, other).Slices[0].JobId));

        await run.CrmAsync(null);
        Assert.NotNull(run.CrmSeries.Watermark);
        Assert.Null(run.GetSeries(ExportType.CrmValidation, other).Watermark);
        Assert.Equal(EmulatorFixture.Start.AddDays(1), run.GetSeries(ExportType.CrmValidation, other).Slices[0].StartAt);
    }
}
