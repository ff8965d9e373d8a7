using System.Globalization;
using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Replay;

/// <summary>Answers requests as in an incident.</summary>
internal sealed class ReplaySession(RecordedIncident incident, double speed, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly ReplayPlan _plan = new(incident.Exchanges);
    private readonly ReplayedLinks _links = new(incident.Exchanges);
    private readonly TokenMap _tokens = new();
    private readonly List<string> _unmatched = [];

    /// <summary>The number of exchanges that were not replayed.</summary>
    public int RemainingCount => _plan.RemainingCount;

    /// <summary>The requests that the incident does not have, each with its method and path.</summary>
    public IReadOnlyList<string> Unmatched
    {
        get
        {
            lock (_lock)
                return [.. _unmatched];
        }
    }

    public ReplayedAnswer Answer(string method, Uri address, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
        {
            string path = ReplayedLinks.GetRecordedPath(address);
            string query = address.Query.TrimStart('?');
            if (_plan.Take(method, path, query, _tokens) is not { } exchange)
            {
                _unmatched.Add($"{method} {path}");
                return new ReplayedAnswer { Response = CreateUnmatchedError(method, path) };
            }

            Learn(exchange, path, query, body);
            return CreateAnswer(exchange, new Uri(address.GetLeftPart(UriPartial.Authority)));
        }
    }

    private static EmulatorResponse CreateUnmatchedError(string method, string path) =>
        LinkedInError.Create(501, 0, $"The incident has no other response to {method} {path}");

    private void Learn(RecordedExchange exchange, string path, string query, ReadOnlyMemory<byte> body)
    {
        _tokens.Learn(exchange.Path, path);
        foreach ((string recorded, string actual) in exchange.Query.Split('&').Zip(query.Split('&')))
            _tokens.Learn(recorded, actual);
        if (exchange.Body?.Text is { } text)
            _tokens.Learn(text, Encoding.UTF8.GetString(body.Span));
        if (exchange.Body?.Json is not { } json)
            return;
        try
        {
            using var actual = JsonDocument.Parse(body);
            _tokens.Learn(json, actual.RootElement);
        }
        catch (JsonException)
        {
            // The request has no values to learn.
        }
    }

    private ReplayedAnswer CreateAnswer(RecordedExchange exchange, Uri origin)
    {
        if (exchange.Response is not { } recorded)
        {
            // The request was in progress when the incident was written if it has no failure either.
            return new ReplayedAnswer
            {
                Failure = exchange.Failure ?? ReplayedAnswer.NoResponse,
                Delay = Scale(exchange.AfterMilliseconds),
            };
        }

        byte[]? bytes = CreateBytes(recorded.Body, origin, exchange.AtMilliseconds + recorded.AfterMilliseconds);
        string? encoding = recorded.Headers.GetValueOrDefault("Content-Encoding");
        if (bytes is not null && encoding is "gzip" or "deflate" or "br")
            bytes = RawSender.Encode(bytes!, encoding);
        IBody body = bytes is null ? new LongTextBody(recorded.Body!) : new BytesBody(bytes);
        long? announced = long.TryParse(
            recorded.Headers.GetValueOrDefault("Content-Length"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long length
        )
            ? exchange.Failure is null
                ? body.Length
                : length
            : null;
        var response = new EmulatorResponse(recorded.Status) { Body = body, Chunked = announced is null };
        foreach ((string name, string value) in recorded.Headers)
        {
            if (name is not ("Content-Length" or "Transfer-Encoding"))
                response.With(name, CreateHeader(name, value, origin));
        }

        return new ReplayedAnswer
        {
            Response = response,
            Failure = exchange.Failure,
            Delay = Scale(recorded.AfterMilliseconds),
            BodyDelay = Scale(recorded.BodyAfterMilliseconds),
            ContentLength = announced,
        };
    }

    private byte[]? CreateBytes(RecordedBody? body, Uri origin, long atMilliseconds) =>
        body is null ? []
        : body.Json is { } json
            ? new ReplayedJson(
                _tokens,
                text => _links.Resolve(text, origin),
                clock.GetUtcNow().AddMilliseconds(-atMilliseconds)
            ).Create(json)
        : body.Text is { } text ? Encoding.Latin1.GetBytes(text)
        : null;

    private string CreateHeader(string name, string value, Uri origin)
    {
        if (name is "Date" or "Last-Modified" or "Retry-After" && ReplayedJson.TryParseTime(value, "now", out long seconds))
            return clock.GetUtcNow().AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);
        return _links.Resolve(value, origin) ?? _tokens.Fill(value);
    }

    private TimeSpan Scale(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds) / speed;
}
