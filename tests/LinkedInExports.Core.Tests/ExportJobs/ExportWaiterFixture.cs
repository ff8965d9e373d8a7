using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Waits in simulated time for jobs whose status a test determines.</summary>
internal sealed class ExportWaiterFixture
{
    internal SimulatedTimeProvider Time { get; } = new();

    internal RecordingOutput Recorder { get; } = new();

    internal List<(DateTimeOffset At, string Line)> Requests { get; } = [];

    internal static CrmValidationExportJob CreateJob(long id) =>
        new()
        {
            JobId = id,
            CrmInstanceId = EmulatorFixture.Crm,
            ExportStartAt = EmulatorFixture.Start,
        };

    internal static SalesAnalyticsExportJob CreateSalesJob(long id) =>
        new(ExportType.Seat) { JobId = id, Contract = "urn:li:contract:7001" };

    internal static HttpResponseMessage CreateStatus(string status) => FakeHttpHandler.Json($$"""{"status":"{{status}}"}""");

    internal async Task WaitAsync(ExportJob[] jobs, Func<long, HttpResponseMessage> answer, WaitOptions? options = null)
    {
        using LinkedInClient client = Connect(answer);
        ExportWaiter waiter = client.CreateWaiter(options ?? new WaitOptions());
        var input = new InputBuffer<ExportJob>();
        foreach (ExportJob job in jobs)
            input.Add(job);
        input.CompleteAdding();
        await Time.RunAsync(() => waiter.WaitAsync(input.ReadAllAsync(), Recorder, CancellationToken.None).RecordAsync(Recorder));
    }

    internal LinkedInClient Connect(Func<long, HttpResponseMessage> answer) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                Time = Time,
                Random = new ConstantRandom(0.5),
                Retry = new RetryOptions(),
                HttpHandler = new FakeHttpHandler(request =>
                {
                    lock (Requests)
                        Requests.Add((Time.GetUtcNow(), request.RequestUri!.PathAndQuery));
                    return answer(
                        long.Parse(request.RequestUri!.Segments[^1], System.Globalization.CultureInfo.InvariantCulture)
                    );
                }),
            }
        );
}
