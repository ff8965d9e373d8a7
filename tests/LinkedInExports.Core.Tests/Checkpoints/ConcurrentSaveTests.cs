using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Checkpoints;

/// <summary>Save-ExportFile saves the first jobs of a pipeline while New-SalesAnalyticsExportJob continues the others.</summary>
public sealed class ConcurrentSaveTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _jobs;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SalesAnalytics_SliceIsSavedWhileOthersAreContinued_ContinuesEachOfThem()
    {
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                Time = new FakeTimeProvider(),
                HttpHandler = new FakeHttpHandler(Answer),
            }
        );
        var run = new DailyExportFixture(client, _folder.Path);
        await run.NewAsync(ContinueAsync);
        long[] all = [.. run.Jobs.Select(job => job.JobId)];
        Assert.Equal(5, all.Length);

        using CheckpointLease checkpoint = run.Open();
        var continued = new List<ExportJob>();
        await foreach (ExportJob job in ContinueAsync(client.CreateIncrementalExports(checkpoint), run.Recorder))
        {
            continued.Add(job);
            checkpoint.MarkSaved(job, run.Recorder);
        }

        Assert.Equal(all, continued.Select(job => job.JobId));
        Assert.Equal(all.Length, _jobs);
        Assert.Empty(checkpoint.GetSeries(ExportType.Activity, "urn:li:contract:7001").Slices);
    }

    private static IAsyncEnumerable<ExportJob> ContinueAsync(IncrementalExportService exports, RecordingOutput recorder) =>
        exports.ContinueSalesAnalyticsAsync(
            ExportType.Activity,
            ContractUrn.Parse("7001"),
            new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            force: false,
            recorder,
            default
        );

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Get)
            return FakeHttpHandler.Json("""{"status":"PROCESSING"}""");
        _jobs++;
        HttpResponseMessage response = FakeHttpHandler.Json(
            $"{{\"value\":{{\"id\":{_jobs}}}}}",
            System.Net.HttpStatusCode.Created
        );
        response.Headers.Add("X-RestLi-Id", $"{_jobs}");
        return response;
    }
}
