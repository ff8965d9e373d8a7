namespace LinkedInExports.Core.Incidents;

/// <summary>The content of an incident file.</summary>
internal sealed class Incident
{
    internal required DateTimeOffset CreatedAt { get; init; }

    internal required IncidentVersions Versions { get; init; }

    internal required IncidentError? Error { get; init; }

    internal required IReadOnlyList<RecordedCommand> Commands { get; init; }

    internal required IReadOnlyList<Exchange> Exchanges { get; init; }

    /// <summary>The number of exchanges before these, which were no longer in memory.</summary>
    internal required long OmittedExchanges { get; init; }
}

/// <summary>The versions of an incident.</summary>
/// <param name="Module">The version of the module.</param>
/// <param name="PowerShell">The version of PowerShell and its runtime.</param>
/// <param name="OperatingSystem">The operating system.</param>
public sealed record IncidentVersions(string Module, string PowerShell, string OperatingSystem);

/// <summary>The error of a command, without its values.</summary>
/// <param name="Id">The error id.</param>
/// <param name="Category">The category of PowerShell.</param>
/// <param name="Command">The name of the command.</param>
/// <param name="Message">The message with an ellipsis in place of each value.</param>
/// <param name="StatusCode">The HTTP status, or null.</param>
/// <param name="ServiceErrorCode">LinkedIn's code, or null.</param>
public sealed record IncidentError(
    string Id,
    string Category,
    string Command,
    string Message,
    int? StatusCode,
    int? ServiceErrorCode
)
{
    /// <summary>Creates the error of an incident from that of a command.</summary>
    public static IncidentError Create(LinkedInException failure, string category, string command) =>
        new(failure.Id.ToString(), category, command, failure.MessageForm, failure.StatusCode, failure.ServiceErrorCode);
}
