namespace LinkedInExports.Emulator.Log;

/// <summary>A request as it arrived and what became of it, at the moment the log was read.</summary>
public sealed class RecordedRequest
{
    /// <summary>When it arrived, by the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>HTTP verb.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query exactly as sent, nothing decoded.</summary>
    public required string RawTarget { get; init; }

    /// <summary>All headers with their real values, the token included.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The body as sent; for an upload only where the emulator keeps those.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The status that was answered; 0 as long as there is none, and for a connection reset before it.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Names of the faults, joined by <c>+</c>; <c>null</c> for none.</summary>
    public required string? FaultApplied { get; init; }

    /// <summary>Whether the whole answer was produced; <c>false</c> while it is under way and if either side broke off.</summary>
    public required bool Completed { get; init; }

    /// <summary>The value of a header, <c>null</c> if it was not sent; case of the name does not matter.</summary>
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
