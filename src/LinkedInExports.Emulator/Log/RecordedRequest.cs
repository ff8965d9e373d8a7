namespace LinkedInExports.Emulator.Log;

/// <summary>A request and its response, at the time when the log was read.</summary>
public sealed class RecordedRequest
{
    /// <summary>The time of arrival, by the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The encoded path and query as they were sent.</summary>
    public required string RawTarget { get; init; }

    /// <summary>All headers with their values, including the token.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body. For an upload, only if the emulator keeps uploads.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The status of the response, or 0 if no response was sent.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The names of the faults, joined by <c>+</c>, or <c>null</c>.</summary>
    public required string? FaultApplied { get; init; }

    /// <summary>Whether the complete response was sent. <c>false</c> during processing and for aborted connections.</summary>
    public required bool Completed { get; init; }

    /// <summary>Gets the value of a header, or <c>null</c>. Names are case-insensitive.</summary>
    public string? Header(string name)
    {
        foreach (KeyValuePair<string, string> header in Headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        }

        return null;
    }
}
