using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Authentication;

/// <summary>The settings of the OAuth host.</summary>
public sealed class OAuthOptions
{
    /// <summary>The token endpoint; https, or http on loopback.</summary>
    public Uri TokenUri { get; init; } = LinkedInOAuth.DefaultTokenUri;

    /// <summary>The proxy settings.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>The settings for retries and timeouts.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Records the exchanges, or null to record none.</summary>
    public IncidentRecorder? Incidents { get; init; }

    /// <summary>Replaces the network in tests.</summary>
    internal HttpMessageHandler? HttpHandler { get; init; }

    internal TokenEndpointClient CreateEndpoint(OAuthClientCredentials application) =>
        new(
            HttpClientFactory.CreateClient(
                HttpHandler,
                Proxy.Create(TokenUri),
                Incidents is null ? null : Incidents.CreateHandler
            ),
            TokenUri,
            application,
            Retry,
            EmulatorClock.Create(TokenUri, Time)
        );
}
