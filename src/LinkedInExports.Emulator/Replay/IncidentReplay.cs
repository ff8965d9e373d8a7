using System.Text.Json;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.OAuth;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LinkedInExports.Emulator.Replay;

/// <summary>
/// Replays an incident file: the same requests get the same responses, delays and failures. Any token is accepted.
/// </summary>
public sealed class IncidentReplay : IAsyncDisposable
{
    private readonly RecordedIncident _incident;
    private readonly ReplaySession _session;
    private readonly TimeProvider _clock;
    private KestrelServer? _server;

    private IncidentReplay(RecordedIncident incident, double speed, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _incident = incident;
        _clock = clock;
        _session = new ReplaySession(incident, speed, clock);
    }

    /// <summary>The base address of the API, ending in <c>/v2/</c>.</summary>
    public Uri BaseUri { get; private set; } = new("https://api.linkedin.com/v2/");

    /// <summary>The address of the token endpoint.</summary>
    public Uri TokenUri => new(BaseUri, OAuthHost.TokenPath);

    /// <summary>The number of recorded exchanges.</summary>
    public int ExchangeCount => _incident.Exchanges.Length;

    /// <summary>The number of recorded exchanges that were not replayed yet.</summary>
    public int RemainingExchangeCount => _session.RemainingCount;

    /// <summary>The requests that the incident does not have, each with its method and path. They get status 501.</summary>
    public IReadOnlyList<string> UnmatchedRequests => _session.Unmatched;

    /// <summary>The number of older exchanges that the incident does not have.</summary>
    public long OmittedExchangeCount => _incident.OmittedExchanges;

    /// <summary>The number of exchanges of which the response could not be recorded, or only in part.</summary>
    public int IncompleteExchangeCount => _incident.Exchanges.Count(exchange => exchange.Failure == IncidentFormat.NotRecorded);

    /// <summary>The error id of the incident, or <c>null</c>.</summary>
    public string? ErrorId => _incident.Error?.Id;

    /// <summary>The recorded commands, each with the names of its parameters.</summary>
    public IReadOnlyList<string> Commands =>
        [
            .. _incident.Commands.Select(command =>
                string.Join(" ", [command.Name, .. command.Parameters.Select(parameter => "-" + parameter)])
            ),
        ];

    /// <summary>Starts to replay a file. It accepts requests when the task completes.</summary>
    /// <param name="path">The incident file.</param>
    /// <param name="port">The TCP port on 127.0.0.1, or 0 for any free port.</param>
    /// <param name="speed">The number by which delays are divided.</param>
    /// <param name="served">Receives a line for each request, or <c>null</c>.</param>
    /// <exception cref="FormatException">The file is not an incident.</exception>
    /// <exception cref="IOException">The file cannot be read, or the port is in use.</exception>
    public static async Task<IncidentReplay> StartAsync(
        string path,
        int port = 0,
        double speed = 1,
        Action<string>? served = null
    )
    {
        var replay = new IncidentReplay(RecordedIncident.Read(path), speed, TimeProvider.System);
        KestrelServer server = KestrelServerFactory.Create(port);
        try
        {
            await server.StartAsync(new ReplayApplication(replay._session, replay.CreateReport, served), CancellationToken.None);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        replay._server = server;
        string address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        replay.BaseUri = new Uri($"{address}/v2/");
        return replay;
    }

    /// <summary>Creates a replay without a port. Requests are sent with <see cref="CreateHandler"/>.</summary>
    /// <param name="json">The content of an incident file.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="FormatException">The text is not an incident.</exception>
    public static IncidentReplay CreateInMemory(ReadOnlySpan<byte> json, TimeProvider clock) =>
        new(RecordedIncident.Parse(json), speed: 1, clock);

    /// <summary>Creates a handler that sends requests for any host to this replay without a network.</summary>
    public HttpMessageHandler CreateHandler() => new ReplayHandler(_session, _clock);

    /// <summary>Stops the server and resets open connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private byte[] CreateReport() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                exchanges = ExchangeCount,
                remaining = RemainingExchangeCount,
                unmatched = UnmatchedRequests,
                omitted = OmittedExchangeCount,
                incomplete = IncompleteExchangeCount,
            }
        );
}
