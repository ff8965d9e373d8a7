using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Analytics exports over the wire: from the period to the records.</summary>
public sealed class SalesAnalyticsExportTests
{
    private const string Contract = "urn:li:contract:7001";
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Export_YearsOfActivities_AreCompleteWithoutDuplicates()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingPolls = 1, ActivityInterval = TimeSpan.FromHours(6) }
        );
        var period = Period.Create(Start, Start.AddYears(2), Now);
        ExportJob[] jobs = await WaitAsync(session, await CreateAsync(session, ExportType.Activity, period));
        Assert.Equal(9, jobs.Length);

        SalesActivityRecord[] records = await ReadAsync<SalesActivityRecord>(session, jobs);
        Assert.Equal(
            session
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
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        ExportJob[] jobs =
        [
            .. await CreateAsync(session, ExportType.Activity, Period.Create(Start, Start.AddDays(3), Now)),
            .. await CreateAsync(session, ExportType.Activity, Period.Create(Start.AddDays(2), Start.AddDays(4), Now)),
        ];
        jobs = await WaitAsync(session, jobs);

        Assert.Equal(5 * 24, (await ReadAsync<SalesActivityRecord>(session, jobs)).Length);
        var options = new ImportOptions { SeenActivities = new HashSet<string>(StringComparer.Ordinal) };
        Assert.Equal(4 * 24, (await ReadAsync<SalesActivityRecord>(session, jobs, options)).Length);
    }

    [Fact]
    public async Task Export_ValuesWithLineBreaksCommasAndQuotes_ArePreserved()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                QuotedActivities = true,
                LineEnding = "\r\n",
                ByteOrderMark = true,
            }
        );
        ExportJob[] jobs = await WaitAsync(
            session,
            await CreateAsync(session, ExportType.Activity, Period.Create(Start, Start.AddDays(10), Now))
        );
        SalesActivityRecord[] records = await ReadAsync<SalesActivityRecord>(session, jobs);
        Assert.Equal(
            session.Emulator.GetActivities(jobs[0].JobId).Select(row => row.MemberIdentityKey),
            records.Select(record => record.MemberIdentityKey ?? "")
        );
        Assert.Contains(records, record => record.MemberIdentityKey?.Contains("\r\n", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Export_OutcomesAndSeats_HaveColumnsOfFile()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        var period = Period.Create(Start, Start.AddDays(2), Now);
        ExportJob[] outcomes = await WaitAsync(session, await CreateAsync(session, ExportType.ActivityOutcome, period));
        ExportJob[] seats = await WaitAsync(session, await CreateAsync(session, ExportType.Seat, period));

        ActivityOutcomeRecord outcome = (await ReadAsync<ActivityOutcomeRecord>(session, outcomes))[0];
        Assert.StartsWith("act-7001-", outcome.ActivityId, StringComparison.Ordinal);
        Assert.Equal(["outcomeAt"], ((IExtraColumns)outcome).ExtraNames);
        SeatRecord[] seatRecords = await ReadAsync<SeatRecord>(session, seats);
        Assert.NotEmpty(seatRecords);
        Assert.Contains("seatHolderName", ((IExtraColumns)seatRecords[0]).ExtraNames);
        Assert.Equal(
            [
                "activity-outcome-100004.csv",
                "activity-outcome-100004.csv.manifest.json",
                "seat-100005.csv",
                "seat-100005.csv.manifest.json",
            ],
            session.SavedFiles
        );
    }

    [Fact]
    public async Task Save_JobKnownByIdOnly_DetectsTypeFromFile()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        await CreateAsync(session, ExportType.Activity, Period.Create(Start, Start.AddDays(2), Now));
        var job = new SalesAnalyticsExportJob(null) { JobId = 100004, Contract = Contract };

        SavedExportFile file = Assert.Single(await session.SaveAsync(job));
        Assert.Equal((ExportType.Activity, 48L), (file.ExportType, file.RowCount));
        Assert.Equal("analytics-100004.csv", Path.GetFileName(file.Path));
        Assert.Single(await session.SaveAsync(job));
        Assert.Equal(1, session.Downloads);
    }

    [Fact]
    public async Task SaveAsync_RowCountThatIncludesTheHeader_IsAcceptedAndReported()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Behavior = new() { RowCount = RowCountRule.DataAndHeader },
            }
        );
        ExportJob[] jobs = await WaitAsync(
            session,
            await CreateAsync(session, ExportType.Activity, Period.Create(Start, Start.AddDays(2), Now))
        );
        SavedExportFile file = Assert.Single(await session.SaveAsync(jobs[0]));
        Assert.Equal((48, true), (file.RowCount, file.IsRecognized));
        Assert.Contains("includes the header", Assert.Single(session.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(session.Recorder.Errors);
    }

    public static TheoryData<EmulatorBehavior, bool, string> OtherFiles =>
        new()
        {
            {
                new EmulatorBehavior { OmittedColumns = ["memberIdentityKey"] },
                true,
                "lack the optional column memberIdentityKey"
            },
            {
                new EmulatorBehavior { HeaderSpelling = HeaderSpelling.Words },
                false,
                "its header spells activityId as 'Activity Id'"
            },
            {
                new EmulatorBehavior { HeaderSpelling = HeaderSpelling.SnakeCase, Delimiter = ";" },
                false,
                "its values are separated by ';' and not by commas"
            },
            {
                new EmulatorBehavior { Delimiter = "\t", RowCount = RowCountRule.DataAndHeader },
                false,
                "its values are separated by tabs and not by commas"
            },
            {
                new EmulatorBehavior { OmittedColumns = ["createdAt", "seatId"] },
                false,
                "its header lacks createdAt, seatId; it has activityId, activityType, memberIdentityKey"
            },
        };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public async Task SaveAsync_FileInAnotherForm_IsSavedReadableAndReported(
        EmulatorBehavior behavior,
        bool isRecognized,
        string report
    )
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Behavior = behavior,
                QuotedActivities = true,
            }
        );
        ExportJob[] jobs = await WaitAsync(
            session,
            await CreateAsync(session, ExportType.Activity, Period.Create(Start, Start.AddDays(2), Now))
        );
        SavedExportFile file = Assert.Single(await session.SaveAsync(jobs[0]));
        Assert.Equal((48, isRecognized), (file.RowCount, file.IsRecognized));
        Assert.Contains(session.Recorder.Warnings, warning => warning.Contains(report, StringComparison.Ordinal));
        Assert.Equal(
            session.Emulator.GetActivities(7001, Start, Start.AddDays(2).AddMilliseconds(-1)).Select(row => row.ActivityId),
            ExportFileReader
                .Read(file.Path, new ImportOptions(), session.Recorder, CancellationToken.None)
                .Cast<SalesActivityRecord>()
                .Select(record => record.ActivityId)
        );
        await ExportFileVerifier.RunAsync(file.Path, session.Recorder, CancellationToken.None);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(1000)]
    public async Task SaveAsync_OtherRowCountThanAnnounced_SavesTheFileAndWarnsInEachRun(int offset)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Behavior = new() { RowCountOffset = offset },
            }
        );
        ExportJob[] jobs = await WaitAsync(
            session,
            await CreateAsync(session, ExportType.Activity, Period.Create(Start, Start.AddDays(2), Now))
        );
        for (int run = 1; run <= 2; run++)
        {
            SavedExportFile file = Assert.Single(await session.SaveAsync(jobs[0]));
            Assert.Equal((48, false), (file.RowCount, file.IsRecognized));
            Assert.Equal($"it has 48 rows, and LinkedIn announced {48 + offset}", file.Difference);
            Assert.Equal(session.Emulator.GetFileBytes(100004), await File.ReadAllBytesAsync(file.Path));
            Assert.Equal(run, session.Recorder.Warnings.Length);
            Assert.Contains(file.Difference!, session.Recorder.Warnings[^1], StringComparison.Ordinal);
        }

        Assert.Equal(1, session.Downloads);
        Assert.Empty(session.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_FileThatEndsEarlyAtTheEndOfARow_IsNotRecognized()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        ExportJob[] jobs = await WaitAsync(
            session,
            await CreateAsync(session, ExportType.Activity, Period.Create(Start, Start.AddDays(2), Now))
        );
        byte[] bytes = session.Emulator.GetFileBytes(100004);
        int lastRow = Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2);
        session.Emulator.Faults.Add(
            Fault.ShortBody(Array.LastIndexOf(bytes, (byte)'\n', lastRow - 1) + 1) with
            {
                PathPrefix = "/ambry/",
            }
        );
        Assert.Equal(
            (46, false),
            Assert.Single(await session.SaveAsync(jobs[0])) is var file ? (file.RowCount, file.IsRecognized) : default
        );
    }

    [Fact]
    public async Task Wait_OversizedJob_SplitsUntilPartsFit()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingPolls = 0, OversizedBeyond = TimeSpan.FromDays(25) }
        );
        var period = Period.Create(Start, Start.AddDays(90), Now);
        ExportJob[] created = await CreateAsync(session, ExportType.Activity, period);

        await WaitAsync(session, created);
        LinkedInException error = Assert.Single(session.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.ExportJobFailed, error.Id);
        Assert.Contains("-SplitOversized", error.Message, StringComparison.Ordinal);

        ExportJob[] jobs = await WaitAsync(session, created, split: true);
        Assert.Equal(4, jobs.Length);
        Assert.Equal(3, session.Recorder.Warnings.Length);
        SalesActivityRecord[] records = await ReadAsync<SalesActivityRecord>(session, jobs);
        Assert.Equal(
            session.Emulator.GetActivities(7001, period.StartAt, period.EndAt).Select(row => row.ActivityId),
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
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero, AnalyticsStatus = status }
        );
        Assert.Empty(
            await WaitAsync(session, await CreateAsync(session, ExportType.Seat, Period.Create(Start, Start.AddDays(2), Now)))
        );
        LinkedInException error = Assert.Single(session.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.ExportJobFailed, error.Id);
        Assert.Contains(status, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAndSave_MixedTypes_SavesAll()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingPolls = 1, RowsPerPart = 3 }
        );
        var period = Period.Create(Start, Start.AddDays(1), Now);
        ExportJob[] jobs =
        [
            await session.CreateAsync(),
            .. await CreateAsync(session, ExportType.Activity, period),
            .. await CreateAsync(session, ExportType.Seat, period),
        ];
        jobs = await WaitAsync(session, jobs);
        Assert.Equal(3, jobs.Length);
        var saver = session.Client.CreateSaver(new() { Destination = session.Folder.File("out") });
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        var heard = new RecordingOutput();
        await saver.SaveAsync(input.ReadAllAsync(), heard, CancellationToken.None).RecordAsync(heard);
        Assert.Equal(5, heard.Outputs.Length);
    }

    [Theory]
    [InlineData(7002, LinkedInErrorId.AccessDenied)]
    [InlineData(9999, LinkedInErrorId.AccessDenied)]
    public async Task Create_ContractWithoutAccess_ErrorHasServerMessage(long contract, LinkedInErrorId id)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            session.Client.SalesAnalytics.CreateAsync(
                ExportType.Activity,
                ContractUrn.Parse($"{contract}"),
                Period.Create(Start, Start.AddDays(2), Now),
                session.Recorder,
                CancellationToken.None
            )
        );
        Assert.Equal(id, error.Id);
    }

    [Fact]
    public async Task Create_SalesResponseLost_ThrowsCreateOutcomeUnknownWithoutRetry()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        session.Emulator.Faults.Add(Fault.ResetAfterEffect());
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            session.Client.SalesAnalytics.CreateAsync(
                ExportType.Activity,
                ContractUrn.Parse(Contract),
                Period.Create(Start, Start.AddDays(2), Now),
                session.Recorder,
                CancellationToken.None
            )
        );
        Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, error.Id);
        Assert.Single(session.Emulator.Requests);
    }

    private static async Task<ExportJob[]> CreateAsync(EmulatorFixture session, ExportType exportType, Period period)
    {
        var jobs = new List<ExportJob>();
        foreach (Period slice in period.GetSlices())
        {
            jobs.Add(
                await session.Client.SalesAnalytics.CreateAsync(
                    exportType,
                    ContractUrn.Parse(Contract),
                    slice,
                    session.Recorder,
                    CancellationToken.None
                )
            );
        }

        return [.. jobs];
    }

    private static async Task<ExportJob[]> WaitAsync(EmulatorFixture session, ExportJob[] jobs, bool split = false)
    {
        ExportWaiter waiter = session.Client.CreateWaiter(
            new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(5), SplitOversized = split }
        );
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        int before = session.Recorder.Outputs.Length;
        await waiter.WaitAsync(input.ReadAllAsync(), session.Recorder, CancellationToken.None).RecordAsync(session.Recorder);
        return [.. session.Recorder.Outputs.Skip(before).Cast<ExportJob>()];
    }

    private static async Task<T[]> ReadAsync<T>(EmulatorFixture session, ExportJob[] jobs, ImportOptions? options = null)
    {
        var records = new List<T>();
        foreach (ExportJob job in jobs)
        {
            foreach (SavedExportFile file in await session.SaveAsync(job))
            {
                records.AddRange(
                    ExportFileReader
                        .Read(file.Path, options ?? new ImportOptions(), session.Recorder, CancellationToken.None)
                        .Cast<T>()
                );
            }
        }

        return [.. records];
    }
}
