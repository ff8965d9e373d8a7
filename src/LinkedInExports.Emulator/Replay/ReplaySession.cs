using System.Globalization;
using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Replay;

/// <summary>Creates the responses to requests as in an incident.</summary>
internal sealed class ReplaySession(RecordedIncident incident, double speed, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly ReplayPlan _plan = new(incident.Exchanges);
    private readonly ReplayedLinks _links = new(incident.Exchanges);
    private readonly PseudonymMap _pseudonyms = new();
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

    public ReplayedResponse GetResponse(string method, Uri address, ReadOnlyMemory<byte> body)
    {
        lock (_lock)
        {
            string path = ReplayedLinks.GetRecordedPath(address);
            string query = address.Query.TrimStart('?');
            if (_plan.Take(method, path, query, _pseudonyms) is not { } exchange)
            {
                _unmatched.Add($"{method} {path}");
                return CreateError($"The incident has no other response to {method} {path}");
            }

            AddPseudonyms(exchange, path, query, body);
            if (exchange is { Response: null, Failure: IncidentFormat.NotRecorded })
                return CreateError($"The response to {method} {path} could not be recorded");
            return CreateResponse(exchange, new Uri(address.GetLeftPart(UriPartial.Authority)));
        }
    }

    private static ReplayedResponse CreateError(string message) => new() { Message = LinkedInError.Create(501, 0, message) };

    private void AddPseudonyms(RecordedExchange exchange, string path, string query, ReadOnlyMemory<byte> body)
    {
        _pseudonyms.Add(exchange.Path, path);
        foreach ((string recorded, string actual) in exchange.Query.Split('&').Zip(query.Split('&')))
            _pseudonyms.Add(recorded, actual);
        if (exchange.Body?.Text is { } text)
            _pseudonyms.Add(text, Encoding.UTF8.GetString(body.Span));
        if (exchange.Body?.Json is not { } json)
            return;
        try
        {
            using var actual = JsonDocument.Parse(body);
            _pseudonyms.Add(json, actual.RootElement);
        }
        catch (JsonException)
        {
            // The request has no values of pseudonyms.
        }
    }

    private ReplayedResponse CreateResponse(RecordedExchange exchange, Uri origin)
    {
        if (exchange.Response is not { } recorded)
        {
            // The request was in progress when the incident was written if it has no failure either.
            return new ReplayedResponse
            {
                Failure = exchange.Failure ?? IncidentFormat.NoResponse,
                Delay = Scale(exchange.AfterMilliseconds),
            };
        }

        string? failure = exchange.Failure == IncidentFormat.NotRecorded ? null : exchange.Failure;
        byte[]? bytes = CreateBytes(recorded.Body, origin, exchange.AtMilliseconds + recorded.AfterMilliseconds);
        string? encoding = recorded.Headers.GetValueOrDefault("Content-Encoding");
        if (bytes is not null && encoding is ("gzip" or "deflate" or "br"))
            bytes = RawSender.Encode(bytes, encoding);
        IBody body = bytes is null ? new LongTextBody(recorded.Body!) : new BytesBody(bytes);
        long? announced = long.TryParse(
            recorded.Headers.GetValueOrDefault("Content-Length"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long length
        )
            ? failure is null
                ? body.Length
                : length
            : null;
        var message = new EmulatorResponse(recorded.Status)
        {
            Body = body,
            Chunked = recorded.Headers.ContainsKey("Transfer-Encoding"),
        };
        foreach ((string name, string value) in recorded.Headers)
        {
            if (name is not ("Content-Length" or "Transfer-Encoding"))
                message.With(name, CreateHeader(name, value, origin));
        }

        return new ReplayedResponse
        {
            Message = message,
            Failure = failure,
            Delay = Scale(recorded.AfterMilliseconds),

            // A silent connection ends with the timeout of the client, which the recorded time includes.
            BodyDelay = failure == IncidentFormat.NoResponse ? TimeSpan.Zero : Scale(recorded.BodyAfterMilliseconds),
            ContentLength = announced,
        };
    }

    private byte[]? CreateBytes(RecordedBody? body, Uri origin, long atMilliseconds) =>
        body is null ? []
        : body.Json is { } json
            ? new ReplayedJson(
                _pseudonyms,
                text => _links.Resolve(text, origin),
                clock.GetUtcNow().AddMilliseconds(-atMilliseconds)
            ).Create(json)
        : body.Text is { } text ? Encoding.Latin1.GetBytes(text)
        : null;

    private string CreateHeader(string name, string value, Uri origin)
    {
        bool isTime = name is "Date" or "Last-Modified" or "Retry-After";
        if (isTime && ReplayedJson.TryParseTime(value, IncidentFormat.Now, out long seconds))
            return clock.GetUtcNow().AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture);
        int embedded = value.IndexOf(IncidentFormat.EmbeddedLink, StringComparison.Ordinal);
        if (embedded >= 0 && _links.Resolve(Uri.UnescapeDataString(value[(embedded + 1)..]), origin) is { } link)
            return _pseudonyms.Replace(value[..(embedded + 1)]) + Uri.EscapeDataString(link);
        return _links.Resolve(value, origin) ?? _pseudonyms.Replace(value);
    }

    private TimeSpan Scale(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds) / speed;
}
