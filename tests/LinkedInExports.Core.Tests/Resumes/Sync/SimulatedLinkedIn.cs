using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>
/// LinkedIn's resume endpoints in memory and in simulated time, with latencies and limits. It records when requests arrive.
/// </summary>
internal sealed class SimulatedLinkedIn(SimulatedTimeProvider time, SimulatedLinkedIn.Limits limits, int seed = 1)
    : HttpMessageHandler
{
    private const string Link = "https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ";

    private readonly object _gate = new();
    private readonly Random _chance = new(seed);
    private readonly Queue<(TimeSpan At, int Records)> _lastMinute = new();
    private readonly Dictionary<string, (string File, long CreatedAt, int Times)> _resumes = new(StringComparer.Ordinal);
    private (long Number, int Records) _minute;
    private int _inLastMinute;
    private int _links;
    private int _underway;

    /// <summary>How the server counts the records of a minute.</summary>
    internal enum Minutes
    {
        Sliding,
        Fixed,
    }

    /// <summary>The counted requests of each day of the server's clock.</summary>
    internal SortedDictionary<long, int> Days { get; } = [];

    /// <summary>The number of requests above a limit.</summary>
    internal int Refused { get; private set; }

    /// <summary>The arrival and number of records of each batch.</summary>
    internal List<(TimeSpan At, int Records)> Batches { get; } = [];

    internal int Requests => Arrivals.Count;

    /// <summary>The arrival of each request.</summary>
    internal List<TimeSpan> Arrivals { get; } = [];

    internal int Uploads { get; private set; }

    /// <summary>The current resume of each candidate.</summary>
    internal IReadOnlyDictionary<string, (string File, long CreatedAt, int Times)> Resumes => _resumes;

    /// <summary>The greatest number of concurrent batches.</summary>
    internal int BatchesSideBySide { get; private set; }

    /// <summary>The offset of the server's clock from the local clock.</summary>
    internal TimeSpan Ahead { get; init; }

    /// <summary>Responds to some requests instead of the server, or returns null.</summary>
    internal Func<HttpRequestMessage, HttpResponseMessage?> Instead { get; set; } = _ => null;

    internal DateTimeOffset Now => Start + time.Elapsed + Ahead;

    internal DateTimeOffset Start { get; } = time.GetUtcNow();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int there;
        int back;
        bool isBatch = request.RequestUri!.AbsolutePath.EndsWith("tcrmCandidateResumes", StringComparison.Ordinal);
        lock (_gate)
        {
            there = _chance.Next(limits.MinLatency, limits.MaxLatency) / 2;
            back = _chance.Next(limits.MinLatency, limits.MaxLatency) / 2;
            if (isBatch)
                BatchesSideBySide = Math.Max(BatchesSideBySide, ++_underway);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(there), time, cancellationToken).ConfigureAwait(false);
        byte[] body = request.Content is null
            ? []
            : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = Answer(request, body);
        // Truncated to the second, as in an HTTP date.
        response.Headers.Date = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds());
        await Task.Delay(TimeSpan.FromMilliseconds(back), time, cancellationToken).ConfigureAwait(false);
        if (isBatch)
        {
            lock (_gate)
                _underway--;
        }

        return response;
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, byte[] body)
    {
        lock (_gate)
        {
            Arrivals.Add(time.Elapsed);
            if (Instead(request) is { } other)
                return other;
            string path = request.RequestUri!.AbsolutePath;
            if (path.StartsWith("/ambry/", StringComparison.Ordinal))
            {
                if (limits.CountsUploads && !TakesDay())
                    return TooMany();
                Uploads++;
                return Created("Location", $"/AAY{request.RequestUri.Query.Split('&')[0]["?x-li-ambry-ep=AQ".Length..]}.txt");
            }

            if (!TakesDay())
                return TooMany();
            if (path == "/v2/hireMediaUrl")
                return Created("x-linkedin-id", Link + (++_links).ToString(CultureInfo.InvariantCulture));
            return Batch(body);
        }
    }

    private HttpResponseMessage Batch(byte[] body)
    {
        // The last part of a tunneled request.
        int start = body.AsSpan().IndexOf("{\"entities\""u8);
        int end = body.AsSpan().LastIndexOf((byte)'}') + 1;
        using var json = JsonDocument.Parse(body.AsMemory(start, end - start));
        JsonProperty[] entities = [.. json.RootElement.GetProperty("entities").EnumerateObject()];
        Batches.Add((time.Elapsed, entities.Length));
        if (!TakesMinute(entities.Length))
            return TooMany();
        var answer = new StringBuilder("{\"results\":{");
        foreach (JsonProperty entity in entities)
        {
            string candidate = entity.Name.Split('&')[0]["tcrmCandidateId=".Length..];
            int times = _resumes.TryGetValue(candidate, out (string File, long CreatedAt, int Times) before) ? before.Times : 0;
            _resumes[candidate] = (
                entity.Value.GetProperty("resumeFile").GetString()!,
                entity.Value.GetProperty("tcrmCreatedAt").GetInt64(),
                times + 1
            );
            answer.Append(answer[^1] == '{' ? "" : ",").Append('"').Append(entity.Name).Append("\":{\"status\":204}");
        }

        return FakeHttpHandler.Json(answer.Append("},\"errors\":{}}").ToString());
    }

    private bool TakesDay()
    {
        long day = Now.ToUnixTimeSeconds() / 86_400;
        int used = Days.GetValueOrDefault(day);
        if (used >= limits.RequestsPerDay)
            return false;
        Days[day] = used + 1;
        return true;
    }

    private bool TakesMinute(int records)
    {
        if (limits.Minutes == Minutes.Fixed)
        {
            long minute = Now.ToUnixTimeSeconds() / 60;
            _minute = minute == _minute.Number ? (minute, _minute.Records + records) : (minute, records);
            return _minute.Records <= limits.RecordsPerMinute;
        }

        while (_lastMinute.TryPeek(out (TimeSpan At, int Records) first) && first.At + TimeSpan.FromMinutes(1) <= time.Elapsed)
            _inLastMinute -= _lastMinute.Dequeue().Records;
        _lastMinute.Enqueue((time.Elapsed, records));
        _inLastMinute += records;
        return _inLastMinute <= limits.RecordsPerMinute;
    }

    private HttpResponseMessage TooMany()
    {
        Refused++;
        return FakeHttpHandler.Json(
            """{"status":429,"serviceErrorCode":101,"""
                + "\"message\":\"Resource level throttle limit for calls to this resource is reached.\"}",
            HttpStatusCode.TooManyRequests
        );
    }

    private static HttpResponseMessage Created(string header, string value)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Created);
        response.Headers.TryAddWithoutValidation(header, value);
        return response;
    }

    /// <param name="RecordsPerMinute">Records per minute.</param>
    /// <param name="RequestsPerDay">Requests per day.</param>
    /// <param name="Minutes">How a minute is counted.</param>
    /// <param name="MinLatency">The minimum duration of a request in milliseconds.</param>
    /// <param name="MaxLatency">The maximum duration.</param>
    /// <param name="CountsUploads">Whether uploads count for the day.</param>
    internal sealed record Limits(
        int RecordsPerMinute = 10_000,
        int RequestsPerDay = 100_000,
        Minutes Minutes = Minutes.Sliding,
        int MinLatency = 5,
        int MaxLatency = 50,
        bool CountsUploads = true
    );
}
