using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Authentication;

/// <summary>How to reach the OAuth host.</summary>
public sealed class OAuthOptions
{
    /// <summary>The token endpoint; https, or http on loopback.</summary>
    public Uri TokenUri { get; init; } = LinkedInOAuth.DefaultTokenUri;

    /// <summary>The way out.</summary>
    public ProxyOptions Proxy { get; init; } = new();

    /// <summary>How often and how patiently requests are repeated.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Stands in for the network, for tests in fake time.</summary>
    internal HttpMessageHandler? HttpHandler { get; init; }

    internal TokenEndpointClient CreateEndpoint(OAuthClientCredentials application) =>
        new(HttpClientFactory.CreateClient(HttpHandler, Proxy.Create(TokenUri)), TokenUri, application, Retry, Time);
}
