using System.Text.Json;
using LinkedInExports.Core.Incidents;

namespace LinkedInExports.Emulator.Replay;

/// <summary>An incident file of <c>Save-LinkedInIncident</c>.</summary>
internal sealed record RecordedIncident
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 128,
#if NET9_0_OR_GREATER
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
#endif
    };

    public int Format { get; init; }

    public long OmittedExchanges { get; init; }

    public RecordedError? Error { get; init; }

    public RecordedCommand[] Commands { get; init; } = [];

    public RecordedExchange[] Exchanges { get; init; } = [];

    /// <summary>Whether no element of a list is null, which the serializer does not check.</summary>
    private bool HasAllElements =>
        Array.TrueForAll(Commands, command => command is not null && !command.Parameters.Contains(null))
        && Array.TrueForAll(
            Exchanges,
            exchange => exchange is not null && exchange.Response?.Headers.ContainsValue(null!) is not true
        );

    /// <exception cref="FormatException">The file is not an incident that this version can replay.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordedIncident Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <exception cref="FormatException">The text is not an incident that this version can replay.</exception>
    public static RecordedIncident Parse(ReadOnlySpan<byte> json)
    {
        RecordedIncident? incident;
        try
        {
            incident = JsonSerializer.Deserialize<RecordedIncident>(json, Json);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The file is not an incident: {exception.Message}", exception);
        }

        return incident?.Format == IncidentFormat.Version && incident.HasAllElements
            ? incident
            : throw new FormatException($"The file is not an incident of format {IncidentFormat.Version}.");
    }
}

/// <summary>The error with which the recorded command ended.</summary>
internal sealed record RecordedError(string Id, string Command);

/// <summary>A recorded command with the names of its parameters.</summary>
internal sealed record RecordedCommand(string Name, string[] Parameters);

/// <summary>A recorded request with its response or failure.</summary>
internal sealed record RecordedExchange
{
    /// <summary>The time since the start of the connection.</summary>
    public long AtMilliseconds { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public string Query { get; init; } = "";

    public RecordedBody? Body { get; init; }

    public RecordedResponse? Response { get; init; }

    public string? Failure { get; init; }

    public long AfterMilliseconds { get; init; }
}

/// <summary>A recorded response.</summary>
internal sealed record RecordedResponse
{
    public required int Status { get; init; }

    public long AfterMilliseconds { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    public RecordedBody? Body { get; init; }

    public long BodyAfterMilliseconds { get; init; }
}

/// <summary>A recorded body: JSON, a text (of a response, as Latin-1), or the start and the end of a long text.</summary>
internal sealed record RecordedBody
{
    public JsonElement? Json { get; init; }

    public string? Text { get; init; }

    public long Length { get; init; }

    /// <summary>The number of rows, or null if it is unknown.</summary>
    public long? Rows { get; init; }

    public string Start { get; init; } = "";

    public string End { get; init; } = "";
}
