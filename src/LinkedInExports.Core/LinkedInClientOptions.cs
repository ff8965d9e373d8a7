using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core;

/// <summary>What a client needs to know.</summary>
public sealed class LinkedInClientOptions
{
    /// <summary>Where LinkedIn's API is.</summary>
    public static readonly Uri DefaultBaseUri = new("https://api.linkedin.com/v2/");

    /// <summary>The API; https, or http on loopback.</summary>
    public Uri BaseUri { get; init; } = DefaultBaseUri;

    /// <summary>Hosts of files beside those of LinkedIn's documentation.</summary>
    public IReadOnlyList<DownloadHost> DownloadHosts { get; init; } = [];

    /// <summary>The version of the API, <c>YYYYMM</c>, sent as <c>LinkedIn-Version</c>; null to send none, as for <c>/v2/</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Where the token comes from.</summary>
    public required IAccessTokenSource AccessToken { get; init; }

    /// <summary>The way out.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>How often and how patiently requests are repeated.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The most resume records a minute; LinkedIn takes 10,000 of one application.</summary>
    public int RecordsPerMinute { get; init; } = 10_000;

    /// <summary>The most resume requests a day (UTC); LinkedIn takes 100,000 of one application.</summary>
    public int RequestsPerDay { get; init; } = 100_000;

    /// <summary>How batches of resumes are written.</summary>
    public RestLiProtocol ResumeProtocol { get; init; } = RestLiProtocol.V1;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Chance, from 0 to 1, so that many machines do not ask in step.</summary>
    public Func<double> Jitter { get; init; } = CreateJitter();

    /// <summary>Stands in for the network, for tests in fake time.</summary>
    internal HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>Stands in for the disk, for tests of what a crash leaves behind.</summary>
    internal FileSystem FileSystem { get; init; } = FileSystem.Real;

    private static Func<double> CreateJitter()
    {
#if NET
        return Random.Shared.NextDouble;
#else
        var random = new Random();
        return () =>
        {
            lock (random)
                return random.NextDouble();
        };
#endif
    }
}
