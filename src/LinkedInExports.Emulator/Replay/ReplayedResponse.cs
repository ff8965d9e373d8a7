using LinkedInExports.Core.Incidents;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Replay;

/// <summary>What the client gets for a request: a response, a failure, or a response whose body fails.</summary>
internal sealed record ReplayedResponse
{
    /// <summary>The response, or null if there was none.</summary>
    public EmulatorResponse? Message { get; init; }

    /// <summary>The failure instead of a response, or at the end of its body; null for none.</summary>
    public string? Failure { get; init; }

    /// <summary>The time until the headers of the response, or until the failure.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The time from the headers to the last block of the body.</summary>
    public TimeSpan BodyDelay { get; init; }

    /// <summary>The announced length of the body, which differs from the actual one if the body is truncated.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Whether nothing more is sent while the connection stays open.</summary>
    public bool IsSilent => Failure == IncidentFormat.NoResponse;
}
