using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

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
        List<KeyValuePair<string, string>> headers = [];
        foreach ((string name, StringValues values) in request.Headers)
        {
            foreach (string? value in values) headers.Add(new(name, value ?? ""));
        }

        var entry = new LogEntry(clock.GetUtcNow(), request.Method, request.RawTarget, headers);
        lock (_lock) _entries.Add(entry);
        return entry;
    }
}
