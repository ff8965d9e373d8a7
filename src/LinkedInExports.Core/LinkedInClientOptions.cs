using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core;

/// <summary>Settings of a client.</summary>
public sealed class LinkedInClientOptions
{
    /// <summary>LinkedIn's limit of resume records per minute and application.</summary>
    public const int DefaultRecordsPerMinute = 10_000;

    /// <summary>LinkedIn's limit of resume requests per day and application.</summary>
    public const int DefaultRequestsPerDay = 100_000;

    /// <summary>The default address of LinkedIn's API.</summary>
    public static readonly Uri DefaultBaseUri = new("https://api.linkedin.com/v2/");

#if NET
    private static readonly Random DefaultRandom = Random.Shared;
#else
    private static readonly Random DefaultRandom = new ThreadSafeRandom();
#endif

    /// <summary>The address of the API; https, or http on loopback.</summary>
    public Uri BaseUri { get; init; } = DefaultBaseUri;

    /// <summary>Additional hosts from which files may be downloaded.</summary>
    public IReadOnlyList<DownloadHost> DownloadHosts { get; init; } = [];

    /// <summary>
    /// The version of the API, <c>YYYYMM</c>, sent as <c>LinkedIn-Version</c>; null to send none, as for <c>/v2/</c>.
    /// </summary>
    public string? ApiVersion { get; init; }

    /// <summary>The source of access tokens.</summary>
    public required IAccessTokenSource AccessToken { get; init; }

    /// <summary>The proxy settings.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>The settings for retries and timeouts.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The maximum number of resume records per minute.</summary>
    public int RecordsPerMinute { get; init; } = DefaultRecordsPerMinute;

    /// <summary>The maximum number of resume requests per day (UTC).</summary>
    public int RequestsPerDay { get; init; } = DefaultRequestsPerDay;

    /// <summary>
    /// The client id of the application, or null if it is not known. Processes share the quotas of an application.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>The folder of files that the processes of a machine share, or null to share nothing.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The Rest.li protocol of resume batches.</summary>
    public RestLiProtocol ResumeProtocol { get; init; } = RestLiProtocol.V1;

    /// <summary>The source of time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A thread-safe source of jitter, which spreads the polling of many machines.</summary>
    public Random Random { get; init; } = DefaultRandom;

    /// <summary>Records the exchanges, or null to record them with a new recorder.</summary>
    public IncidentRecorder? Incidents { get; init; }

    /// <summary>Replaces the network in tests.</summary>
    internal HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>Replaces the file system in tests.</summary>
    internal FileSystem FileSystem { get; init; } = FileSystem.Real;

#if !NET
    private sealed class ThreadSafeRandom : Random
    {
        private readonly object _lock = new();

        public override double NextDouble()
        {
            lock (_lock)
                return base.NextDouble();
        }
    }
#endif
}
