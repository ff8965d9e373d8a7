using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>An emulator without a network whose answers are changed on their way, in simulated time.</summary>
internal sealed partial class MutatingHandler : HttpMessageHandler
{
    /// <summary>No run needs that many: something is repeated without an end.</summary>
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

    /// <summary>What was sent where, and whether with the token.</summary>
    internal List<(Uri Address, bool HasToken)> Addresses { get; } = [];

    /// <summary>The bodies of answers to updates of resumes, as the client got them, with their statuses.</summary>
    internal List<(int Status, byte[] Body)> BatchResponses { get; } = [];

    /// <summary>Whether an answer about a job said that it has no rows.</summary>
    internal bool HasReportedNoRows { get; private set; }

    /// <summary>How many answers of each endpoint were changed.</summary>
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
