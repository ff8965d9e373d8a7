using Microsoft.AspNetCore.Http.Features;

namespace LinkedInExports.Emulator.Log;

/// <summary>Every request since the start or the last <see cref="Clear"/>, in the order of arrival.</summary>
internal sealed class RequestLog(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<LogEntry> _entries = [];

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock) return [.. _entries.Select(entry => entry.Snapshot())];
    }

    public void Clear()
    {
        lock (_lock) _entries.Clear();
    }

    public LogEntry Begin(IHttpRequestFeature request)
    {
        List<KeyValuePair<string, string>> headers =
            [.. request.Headers.SelectMany(header => header.Value, (header, value) => new KeyValuePair<string, string>(header.Key, value ?? ""))];
        var entry = new LogEntry(clock.GetUtcNow(), request.Method, request.RawTarget, headers);
        lock (_lock) _entries.Add(entry);
        return entry;
    }
}
