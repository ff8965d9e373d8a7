using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Analytics exports from the period to the records.</summary>
public sealed class SalesAnalyticsExportTests
{
    [Fact]
    public async Task Export_YearsOfActivities_AreCompleteWithoutDuplicates()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingPolls = 1, ActivityInterval = TimeSpan.FromHours(6) }
        );
        var period = Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddYears(2), SalesAnalyticsExport.Now);
        ExportJob[] jobs = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(fixture, ExportType.Activity, period)
        );
        Assert.Equal(9, jobs.Length);

        SalesActivityRecord[] records = await SalesAnalyticsExport.ReadAsync<SalesActivityRecord>(fixture, jobs);
        Assert.Equal(
            fixture
                .Emulator.GetActivities(7001, period.StartAt, period.EndAt)
                .Select(row => (row.ActivityId, row.ActivityType, row.CreatedAt, row.SeatId, row.MemberIdentityKey)),
            records
                .Select(record =>
                    (
                        record.ActivityId!,
                        record.ActivityType!,
                        record.CreatedAt!.Value,
                        record.SeatId!.Value,
                        record.MemberIdentityKey ?? ""
                    )
                )
                .OrderBy(record => record.Item3)
        );
        Assert.Equal(records.Length, records.Select(record => record.ActivityId).Distinct().Count());
    }

    [Fact]
    public async Task Import_OverlappingExportsWithUniqueActivity_EmitsEachOnce()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        ExportJob[] jobs =
        [
            .. await SalesAnalyticsExport.CreateAsync(
                fixture,
                ExportType.Activity,
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(3), SalesAnalyticsExport.Now)
            ),
            .. await SalesAnalyticsExport.CreateAsync(
                fixture,
                ExportType.Activity,
                Period.Create(
                    SalesAnalyticsExport.Start.AddDays(2),
                    SalesAnalyticsExport.Start.AddDays(4),
                    SalesAnalyticsExport.Now
                )
            ),
        ];
        jobs = await SalesAnalyticsExport.WaitAsync(fixture, jobs);

        Assert.Equal(5 * 24, (await SalesAnalyticsExport.ReadAsync<SalesActivityRecord>(fixture, jobs)).Length);
        var options = new ImportOptions { SeenActivities = new HashSet<string>(StringComparer.Ordinal) };
        Assert.Equal(4 * 24, (await SalesAnalyticsExport.ReadAsync<SalesActivityRecord>(fixture, jobs, options)).Length);
    }

    [Fact]
    public async Task Export_ValuesWithLineBreaksCommasAndQuotes_ArePreserved()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                QuotedActivities = true,
                LineEnding = "\r\n",
                ByteOrderMark = true,
            }
        );
        ExportJob[] jobs = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(
                fixture,
                ExportType.Activity,
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(10), SalesAnalyticsExport.Now)
            )
        );
        SalesActivityRecord[] records = await SalesAnalyticsExport.ReadAsync<SalesActivityRecord>(fixture, jobs);
        Assert.Equal(
            fixture.Emulator.GetActivities(jobs[0].JobId).Select(row => row.MemberIdentityKey),
            records.Select(record => record.MemberIdentityKey ?? "")
        );
        Assert.Contains(records, record => record.MemberIdentityKey?.Contains("\r\n", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Export_OutcomesAndSeats_HaveColumnsOfFile()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        var period = Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now);
        ExportJob[] outcomes = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(fixture, ExportType.ActivityOutcome, period)
        );
        ExportJob[] seats = await SalesAnalyticsExport.WaitAsync(
            fixture,
            await SalesAnalyticsExport.CreateAsync(fixture, ExportType.Seat, period)
        );

        ActivityOutcomeRecord outcome = (await SalesAnalyticsExport.ReadAsync<ActivityOutcomeRecord>(fixture, outcomes))[0];
        Assert.StartsWith("act-7001-", outcome.ActivityId, StringComparison.Ordinal);
        Assert.Equal(["outcomeAt"], ((IExtraColumns)outcome).ExtraNames);
        SeatRecord[] seatRecords = await SalesAnalyticsExport.ReadAsync<SeatRecord>(fixture, seats);
        Assert.NotEmpty(seatRecords);
        Assert.Contains("seatHolderName", ((IExtraColumns)seatRecords[0]).ExtraNames);
        Assert.Equal(
            [
                "activity-outcome-100004.csv",
                "activity-outcome-100004.csv.manifest.json",
                "seat-100005.csv",
                "seat-100005.csv.manifest.json",
            ],
            fixture.SavedFiles
        );
    }

    [Fact]
    public async Task Save_JobKnownByIdOnly_DetectsTypeFromFile()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        await SalesAnalyticsExport.CreateAsync(
            fixture,
            ExportType.Activity,
            Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now)
        );
        var job = new SalesAnalyticsExportJob(null) { JobId = 100004, Contract = SalesAnalyticsExport.Contract };

        SavedExportFile file = Assert.Single(await fixture.SaveAsync(job));
        Assert.Equal((ExportType.Activity, 48L), (file.ExportType, file.RowCount));
        Assert.Equal("analytics-100004.csv", Path.GetFileName(file.Path));
        Assert.Single(await fixture.SaveAsync(job));
        Assert.Equal(1, fixture.Downloads);
    }

    [Fact]
    public async Task Wait_OversizedJob_SplitsUntilPartsFit()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingPolls = 0, OversizedBeyond = TimeSpan.FromDays(25) }
        );
        var period = Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(90), SalesAnalyticsExport.Now);
        ExportJob[] created = await SalesAnalyticsExport.CreateAsync(fixture, ExportType.Activity, period);

        await SalesAnalyticsExport.WaitAsync(fixture, created);
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.ExportJobFailed, error.Id);
        Assert.Contains("-SplitOversized", error.Message, StringComparison.Ordinal);

        ExportJob[] jobs = await SalesAnalyticsExport.WaitAsync(fixture, created, split: true);
        Assert.Equal(4, jobs.Length);
        Assert.Equal(3, fixture.Recorder.Warnings.Length);
        SalesActivityRecord[] records = await SalesAnalyticsExport.ReadAsync<SalesActivityRecord>(fixture, jobs);
        Assert.Equal(
            fixture.Emulator.GetActivities(7001, period.StartAt, period.EndAt).Select(row => row.ActivityId),
            records.OrderBy(record => record.CreatedAt).Select(record => record.ActivityId)
        );
    }

    [Theory]
    [InlineData("FAILED_DUE_TO_TIMED_OUT", "shorter period")]
    [InlineData("FAILED_DUE_TO_DATA_DELAY", "a day earlier")]
    [InlineData("FAILED_DUE_TO_INTERNAL_ERROR", "new job")]
    [InlineData("FAILED_DUE_TO_EXCEEDED_FILE_SIZE_ERROR", "-SplitOversized")]
    [InlineData("FAILED_DUE_TO_SOMETHING_NEW", "FAILED_DUE_TO_SOMETHING_NEW")]
    public async Task Wait_FailedJob_ErrorHasHint(string status, string advice)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero, AnalyticsStatus = status }
        );
        Assert.Empty(
            await SalesAnalyticsExport.WaitAsync(
                fixture,
                await SalesAnalyticsExport.CreateAsync(
                    fixture,
                    ExportType.Seat,
                    Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now)
                )
            )
        );
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.ExportJobFailed, error.Id);
        Assert.Contains(status, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAndSave_MixedTypes_SavesAll()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingPolls = 1, RowsPerPart = 3 }
        );
        var period = Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(1), SalesAnalyticsExport.Now);
        ExportJob[] jobs =
        [
            await fixture.CreateAsync(),
            .. await SalesAnalyticsExport.CreateAsync(fixture, ExportType.Activity, period),
            .. await SalesAnalyticsExport.CreateAsync(fixture, ExportType.Seat, period),
        ];
        jobs = await SalesAnalyticsExport.WaitAsync(fixture, jobs);
        Assert.Equal(3, jobs.Length);
        var saver = fixture.Client.CreateSaver(new() { Destination = fixture.Folder.File("out") });
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        var recorder = new RecordingOutput();
        await saver.SaveAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
        Assert.Equal(5, recorder.Outputs.Length);
    }

    [Theory]
    [InlineData(7002, LinkedInErrorId.AccessDenied)]
    [InlineData(9999, LinkedInErrorId.AccessDenied)]
    public async Task Create_ContractWithoutAccess_ErrorHasServerMessage(long contract, LinkedInErrorId id)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.Client.SalesAnalytics.CreateAsync(
                ExportType.Activity,
                ContractUrn.Parse($"{contract}"),
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now),
                fixture.Recorder,
                CancellationToken.None
            )
        );
        Assert.Equal(id, error.Id);
    }

    [Fact]
    public async Task Create_SalesResponseLost_ThrowsCreateOutcomeUnknownWithoutRetry()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.ResetAfterEffect());
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.Client.SalesAnalytics.CreateAsync(
                ExportType.Activity,
                ContractUrn.Parse(SalesAnalyticsExport.Contract),
                Period.Create(SalesAnalyticsExport.Start, SalesAnalyticsExport.Start.AddDays(2), SalesAnalyticsExport.Now),
                fixture.Recorder,
                CancellationToken.None
            )
        );
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Single(fixture.Emulator.Requests);
    }
}
