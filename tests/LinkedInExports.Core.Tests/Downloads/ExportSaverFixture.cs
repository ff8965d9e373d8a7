using System.Net;
using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Threading;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>A saver with a fake network, in simulated time.</summary>
internal sealed class ExportSaverFixture : ISavedJobObserver, IDisposable
{
    internal const string Contract = "urn:li:contract:7001";
    internal const string Activities = "activityId,activityType,createdAt,seatId,memberIdentityKey\n";

    internal static readonly Uri Api = new("https://api.linkedin.com/v2/");

    private readonly List<ExportJob> _savedJobs = [];

    internal SimulatedTimeProvider Time { get; } = new();

    internal TempFolder Folder { get; } = new();

    internal RecordingOutput Recorder { get; private set; } = new();

    /// <summary>Responds to requests for jobs, by their ID.</summary>
    internal Func<long, HttpResponseMessage> Job { get; set; } = _ => FakeHttpHandler.Json("{}", HttpStatusCode.NotFound);

    /// <summary>Responds to downloads, by the signature of their links.</summary>
    internal Func<string, HttpResponseMessage> File { get; set; } = _ => Csv(Row(1));

    internal List<string> Downloads { get; } = [];

    internal List<long> StatusRequests { get; } = [];

    internal SavedExportFile[] Files => [.. Recorder.Outputs.Cast<SavedExportFile>()];

    /// <summary>The jobs that count as saved, of all runs.</summary>
    internal long[] SavedJobs => [.. _savedJobs.Select(job => job.JobId).Order()];

    internal RetryOptions Retry { get; init; } = new();

    internal static string Row(int number) =>
        FormattableString.Invariant($"act-{number},LEAD_SAVED,01-05-2026 08:00:00,5,mk-{number}\n");

    internal static HttpResponseMessage Csv(string rows) => Text(Activities + rows);

    internal static HttpResponseMessage Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    internal static HttpResponseMessage Bytes(byte[] bytes, params string[] encodings)
    {
        var content = new ByteArrayContent(bytes);
        foreach (string encoding in encodings)
            content.Headers.ContentEncoding.Add(encoding);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    internal static string Link(string signature) => $"https://www.linkedin.com/ambry/?x-li-ambry-ep={signature}";

    internal static HttpResponseMessage Completed(long? rows, params string[] signatures) =>
        FakeHttpHandler.Json(
            $$"""{"status":"COMPLETED","rowCount":{{rows?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}},"downloadUrls":[{{string.Join(",", signatures.Select(signature => $"\"{Link(signature)}\""))}}]}"""
        );

    internal static SalesAnalyticsExportJob Activity(long id, long? rows, params string[] signatures) =>
        new(ExportType.Activity)
        {
            JobId = id,
            Contract = Contract,
            Status = "COMPLETED",
            RowCount = rows,
            DownloadUrls = [.. signatures.Select(signature => new SignedUrl(new Uri(Link(signature))))],
        };

    internal Task SaveAsync(params ExportJob[] jobs) => SaveAsync(new SaveOptions(), jobs);

    internal Task SaveAsync(SaveOptions options, params ExportJob[] jobs) => SaveAsync(options, (_, _) => { }, jobs);

    internal async Task SaveAsync(SaveOptions options, Action<string, object> onMessage, params ExportJob[] jobs)
    {
        Recorder = new RecordingOutput { OnMessage = onMessage };
        using LinkedInClient client = Connect();
        ExportSaver saver = client.CreateSaver(options with { Destination = Folder.File("out") }, this);
        await Time.RunAsync(() =>
            saver.SaveAsync(jobs.AsAsyncEnumerable(), Recorder, CancellationToken.None).RecordAsync(Recorder)
        );
    }

    internal LinkedInClient Connect() =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                Time = Time,
                Retry = Retry,
                Random = new ConstantRandom(0.5),
                HttpHandler = new FakeHttpHandler(Answer),
            }
        );

    void ISavedJobObserver.MarkSaved(ExportJob job, IDiagnostics output)
    {
        lock (_savedJobs)
            _savedJobs.Add(job);
    }

    public void Dispose() => Folder.Dispose();

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        Uri address = request.RequestUri!;
        if (address.Host != Api.Host)
        {
            string signature = address.Query.Split('=')[1];
            lock (Downloads)
                Downloads.Add(signature);
            return File(signature);
        }

        long id = long.Parse(address.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        lock (StatusRequests)
            StatusRequests.Add(id);
        return Job(id);
    }
}
