using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Log;

/// <summary>The newest requests since the start or the last <see cref="Clear"/>, in the order of arrival.</summary>
internal sealed class RequestLog(TimeProvider clock, int capacity)
{
    private readonly Lock _lock = new();
    private readonly Queue<LogEntry> _entries = new();

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
            return [.. _entries.Select(entry => entry.Snapshot())];
    }

    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }

    public LogEntry Begin(IHttpRequestFeature request)
    {
        List<KeyValuePair<string, string>> headers = [];
        foreach ((string name, StringValues values) in request.Headers)
        {
            foreach (string? value in values)
                headers.Add(new(name, value ?? ""));
        }

        var entry = new LogEntry(clock.GetUtcNow(), request.Method, request.RawTarget, headers);
        lock (_lock)
        {
            _entries.Enqueue(entry);
            if (_entries.Count > capacity)
                _entries.Dequeue();
        }

        return entry;
    }
}
