using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Threading;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.ExportJobs.History;

/// <summary>Clients record jobs when they are created, requested and saved.</summary>
public sealed class JobRecordingTests : IDisposable
{
    private static readonly ContractUrn Contract = ContractUrn.Parse("7001");
    private static readonly Period January = new(
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 1, 31, 23, 59, 59, 999, TimeSpan.Zero)
    );

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clients_CreateWaitAndSave_RecordEachChangeOnce()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.FromMilliseconds(300), RowsPerPart = 5 }
        );
        using LinkedInClient client = Connect(emulator);
        ExportJob job = await client.CrmValidation.CreateAsync(
            EmulatorFixture.CrmInstance,
            EmulatorFixture.Start,
            _recorder,
            default
        );
        Assert.Equal((ExportJobState.Running, false), GetState(client));

        await WaitAsync(client, job);
        Assert.Equal((ExportJobState.Completed, false), GetState(client));

        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = _folder.File("out") });
        await saver
            .SaveAsync(_recorder.Outputs.OfType<ExportJob>().AsAsyncEnumerable(), _recorder, default)
            .RecordAsync(_recorder);
        Assert.Equal((ExportJobState.Completed, true), GetState(client));
        Assert.NotEmpty(_recorder.Outputs.OfType<SavedExportFile>());

        string[] lines = File.ReadAllLines(_folder.File("jobs.jsonl"));
        Assert.InRange(lines.Length, 3, 4); // Created, perhaps PROCESSING, COMPLETED, and saved.
        Assert.Empty(_recorder.Warnings);
        Assert.DoesNotContain(lines, line => line.Contains(emulator.AccessToken, StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("ambry", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clients_JobFails_IsRecorded()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero, AnalyticsStatus = "FAILED_DUE_TO_INTERNAL_ERROR" }
        );
        using LinkedInClient client = Connect(emulator);
        await WaitAsync(client, await client.SalesAnalytics.CreateAsync(ExportType.Seat, Contract, January, _recorder, default));
        Assert.Equal((ExportJobState.Failed, false), GetState(client));
        Assert.Single(_recorder.Errors);
    }

    [Fact]
    public async Task RefreshAsync_RequestsRunningJobsOfTheLastWeek()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        using LinkedInClient client = Connect(emulator);
        long[] ids = new long[6];
        for (int i = 0; i < ids.Length; i++)
        {
            ExportType exportType = i % 2 == 0 ? ExportType.Activity : ExportType.Seat;
            ids[i] = (await client.SalesAnalytics.CreateAsync(exportType, Contract, January, _recorder, default)).JobId;
        }

        string api = client.BaseUri.Authority;
        JobHistory history = client.JobHistory!;
        var unknown = new SalesAnalyticsExportJob(ExportType.Seat) { JobId = 5, Contract = Contract.ToString() };
        SalesAnalyticsExportJob expired = unknown with { JobId = 6, CreatedAt = DateTimeOffset.UtcNow.AddDays(-7.1) };
        SalesAnalyticsExportJob failed = unknown with { JobId = 7, Status = "FAILED" };
        foreach (ExportJob job in new[] { unknown, expired, failed })
            history.Record(api, job, isSaved: false, _recorder);
        history.Record("other.test", unknown with { JobId = 8 }, isSaved: false, _recorder);
        int requests = emulator.Requests.Count;

        await history.RefreshAsync(client.Jobs, new JobHistoryFilter(api, []), _recorder, default);
        Assert.Equal(requests + ids.Length + 1, emulator.Requests.Count);
        LinkedInException error = Assert.Single(_recorder.Errors);
        Assert.Equal((LinkedInErrorId.NotFound, "5"), (error.Id, error.Target));
        IReadOnlyList<ExportJob> jobs = history.GetJobs(new JobHistoryFilter(api, ids), _recorder);
        Assert.Equal(Enumerable.Reverse(ids), jobs.Select(job => job.JobId));
        Assert.All(jobs, job => Assert.Equal(ExportJobState.Completed, job.State));

        await history.RefreshAsync(client.Jobs, new JobHistoryFilter(api, ids), _recorder, default);
        Assert.Equal(requests + ids.Length + 1, emulator.Requests.Count);
    }

    private LinkedInClient Connect(LinkedInEmulator emulator) => EmulatorFixture.Connect(emulator, dataFolder: _folder.Path);

    private Task WaitAsync(LinkedInClient client, ExportJob job) =>
        client
            .CreateWaiter(new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(20) })
            .WaitAsync(new[] { job }.AsAsyncEnumerable(), _recorder, default)
            .RecordAsync(_recorder);

    private (ExportJobState State, bool? IsSaved) GetState(LinkedInClient client)
    {
        ExportJob job = Assert.Single(client.JobHistory!.GetJobs(new JobHistoryFilter(client.BaseUri.Authority, []), _recorder));
        return (job.State, job.IsSaved);
    }
}
