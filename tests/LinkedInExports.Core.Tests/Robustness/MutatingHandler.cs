using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>An in-memory emulator in simulated time whose responses are changed before the client gets them.</summary>
internal sealed partial class MutatingHandler : HttpMessageHandler
{
    /// <summary>No run needs this many requests; above it, requests are repeated endlessly.</summary>
    private const int MaxRequests = 3000;

    private readonly object _gate = new();
    private readonly HttpMessageInvoker _server;
    private readonly SimulatedTimeProvider _time;
    private readonly PlantedSecrets _secrets;
    private readonly List<(Change Change, int Seen)> _changes;
    private int _requests;

    internal MutatingHandler(
        LinkedInEmulator emulator,
        SimulatedTimeProvider time,
        PlantedSecrets secrets,
        IEnumerable<Change> changes
    )
    {
        _server = new HttpMessageInvoker(emulator.CreateHandler());
        _time = time;
        _secrets = secrets;
        _changes = [.. changes.Select(change => (change, 0))];
    }

    /// <summary>Whether answers are changed at all.</summary>
    internal bool IsHonest { get; set; }

    internal bool HasTooManyRequests => Volatile.Read(ref _requests) > MaxRequests;

    /// <summary>The address of each request, and whether it had the token.</summary>
    internal List<(Uri Address, bool HasToken)> Addresses { get; } = [];

    /// <summary>The statuses and bodies of the responses to resume updates, as the client got them.</summary>
    internal List<(int Status, byte[] Body)> BatchResponses { get; } = [];

    /// <summary>Whether a response about a job had a row count of zero.</summary>
    internal bool HasReportedNoRows { get; private set; }

    /// <summary>The number of changed responses of each endpoint.</summary>
    internal Dictionary<Endpoint, int> Changed { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _requests) > MaxRequests)
            throw new HttpRequestException("There were too many requests.");

        Endpoint endpoint = Endpoints.Of(request);
        lock (_gate)
            Addresses.Add((request.RequestUri!, request.Headers.Authorization is not null));
        _secrets.Sent(request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        using HttpResponseMessage honest = await _server.SendAsync(request, cancellationToken);
        MutableResponse response = await MutableResponse.FromAsync(honest, cancellationToken);
        _secrets.Learn(response);
        Mutate(endpoint, response);

        if (response.Delay != TimeSpan.Zero)
            await Task.Delay(response.Delay, _time, cancellationToken);
        if (response.Failure is { } failure)
            throw failure();
        if (endpoint == Endpoint.UpdateResumes)
        {
            lock (_gate)
                BatchResponses.Add((response.Status, response.Body));
        }

        if (endpoint == Endpoint.JobStatus && NoRows().IsMatch(System.Text.Encoding.Latin1.GetString(response.Body)))
            HasReportedNoRows = true;
        return response.ToMessage(request, _time);
    }

    private void Mutate(Endpoint endpoint, MutableResponse response)
    {
        lock (_gate)
        {
            for (int index = 0; index < _changes.Count; index++)
            {
                (Change change, int seen) = _changes[index];
                if (IsHonest || (change.Endpoint is { } only && only != endpoint))
                    continue;
                _changes[index] = (change, seen + 1);
                if (seen < change.Skip || seen - change.Skip >= change.Times)
                    continue;
                change.Mutation.Apply(response, _secrets);
                Changed[endpoint] = Changed.GetValueOrDefault(endpoint) + 1;
            }
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex("\"rowCount\"\\s*:\\s*\"?-?0")]
    private static partial System.Text.RegularExpressions.Regex NoRows();
}
