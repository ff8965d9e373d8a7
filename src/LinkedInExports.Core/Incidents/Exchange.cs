namespace LinkedInExports.Core.Incidents;

/// <summary>A reduced request with its response or failure. It is complete when the body of the response has ended.</summary>
internal sealed class Exchange
{
    private const int FixedSize = 400;

    /// <summary>The time since the connection was created.</summary>
    internal required TimeSpan At { get; init; }

    internal required string Method { get; init; }

    internal required string Path { get; init; }

    internal required string Query { get; init; }

    internal required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    internal RecordedBody? Body { get; init; }

    /// <summary>The status of the response, or null if there was none.</summary>
    internal int? Status { get; set; }

    /// <summary>The time from the request to the headers of the response, or to the failure.</summary>
    internal TimeSpan Duration { get; set; }

    internal IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; set; } = [];

    /// <summary>Why there was no response, or why its body ended too early; null otherwise.</summary>
    internal string? Failure { get; set; }

    internal RecordedBody? ResponseBody { get; set; }

    /// <summary>The time from the headers of the response to the end of its body.</summary>
    internal TimeSpan BodyDuration { get; set; }

    /// <summary>The memory that the recorder has counted for this exchange; null after its removal.</summary>
    internal int? CountedSize { get; set; }

    /// <summary>The approximate memory in bytes.</summary>
    internal int Size =>
        FixedSize
        + (2 * (Path.Length + Query.Length))
        + GetSize(Headers)
        + GetSize(ResponseHeaders)
        + (Body?.Size ?? 0)
        + (ResponseBody?.Size ?? 0);

    private static int GetSize(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        headers.Sum(header => 64 + (2 * header.Value.Length));
}
