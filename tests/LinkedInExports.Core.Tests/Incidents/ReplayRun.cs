using System.Globalization;
using System.Text.RegularExpressions;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Incidents;

/// <summary>A client in simulated time, with the requests that it sends.</summary>
internal sealed partial class ReplayRun : IDisposable
{
    private static readonly IncidentVersions Versions = new("0.1.0", "7.6", "test");

    private static readonly RetryOptions Retry = new()
    {
        MaxRetries = 2,
        UseJitter = false,
        BaseDelay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromSeconds(5),
        MaxServerDelay = TimeSpan.FromSeconds(20),
        ResponseTimeout = TimeSpan.FromSeconds(10),
        IdleTimeout = TimeSpan.FromSeconds(5),
    };

    private readonly RequestList _requests;

    internal ReplayRun(HttpMessageHandler server, SimulatedTimeProvider time, string token = "token")
    {
        _requests = new RequestList(server);
        Time = time;
        Client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource(token),
                Retry = Retry,
                Time = time,
                Random = new ConstantRandom(0.5),
                HttpHandler = _requests,
                FileSystem = NonFlushingFileSystem.Instance,
            }
        );
    }

    internal LinkedInClient Client { get; }

    internal SimulatedTimeProvider Time { get; }

    internal TempFolder Folder { get; } = new();

    /// <summary>The requests in their order, with numbers in place of links, and without ids.</summary>
    internal IReadOnlyList<string> Requests => _requests.All;

    internal byte[] CreateIncident() => IncidentFile.ToJson(Client.Incidents.Snapshot(Versions));

    public void Dispose()
    {
        Client.Dispose();
        Folder.Dispose();
    }

    private sealed class RequestList(HttpMessageHandler server) : DelegatingHandler(server)
    {
        private readonly List<string> _all = [];
        private readonly List<string> _links = [];

        internal IReadOnlyList<string> All
        {
            get
            {
                lock (_all)
                    return [.. _all];
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Uri address = request.RequestUri!;
            lock (_all)
            {
                string path = address.AbsolutePath.StartsWith("/v2/", StringComparison.Ordinal)
                    ? Number().Replace(address.AbsolutePath, "#")
                    : GetLink(address.AbsoluteUri.Split("?x-ambry-filename")[0].Split("&x-ambry-filename")[0]);
                string range = request.Headers.Range is null ? "" : " (rest)";
                _all.Add($"{request.Method} {path}{range}");
            }

            return base.SendAsync(request, cancellationToken);
        }

        private string GetLink(string address)
        {
            if (!_links.Contains(address))
                _links.Add(address);
            return string.Create(CultureInfo.InvariantCulture, $"link {_links.IndexOf(address) + 1}");
        }
    }

    [GeneratedRegex("[0-9]+(?=$|/)")]
    private static partial Regex Number();
}
