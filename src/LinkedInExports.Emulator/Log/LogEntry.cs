using Microsoft.AspNetCore.Http.Features;

namespace LinkedInExports.Emulator.Log;

/// <summary>A request while it is processed. Readers get snapshots.</summary>
internal sealed class LogEntry(
    DateTimeOffset at,
    string method,
    string rawTarget,
    IReadOnlyList<KeyValuePair<string, string>> headers
)
{
    private readonly Lock _lock = new();
    private byte[] _body = [];
    private int _statusCode;
    private string? _fault;
    private bool _completed;

    /// <summary>Creates an entry that does not appear in the log.</summary>
    public static LogEntry CreateUnlisted(IHttpRequestFeature request) => new(default, request.Method, request.RawTarget, []);

    /// <summary>Runs before the last block of the response is sent.</summary>
    public Action? Completed { get; set; }

    public void SetRequest(byte[] body, string? fault)
    {
        lock (_lock)
            (_body, _fault) = (body, fault);
    }

    public void SetResponse(int statusCode)
    {
        lock (_lock)
            _statusCode = statusCode;
    }

    public void Complete()
    {
        lock (_lock)
            _completed = true;
        Completed?.Invoke();
    }

    public RecordedRequest Snapshot()
    {
        lock (_lock)
        {
            return new()
            {
                At = at,
                Method = method,
                RawTarget = rawTarget,
                Headers = headers,
                Body = _body,
                StatusCode = _statusCode,
                FaultApplied = _fault,
                Completed = _completed,
            };
        }
    }
}
