using System.Net;
using System.Net.Http;

namespace LinkedInExports.Core.Http;

/// <summary>Makes the client of a connection: nothing automatic that could lead the token astray or hide a length.</summary>
internal static class HttpClientFactory
{
    private const int MaxConnectionsPerServer = 64;

    /// <param name="network">Stands in for the network; null for the real one.</param>
    /// <param name="proxy">The way out.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>: the proxy cannot be used.</exception>
    internal static HttpClient CreateClient(HttpMessageHandler? network, ProxyOptions proxy)
    {
        proxy.Validate();
        HttpClient client = new(network ?? CreateHandler(proxy), disposeHandler: true)
        {
            // Each step has a deadline of its own; a bound on the whole would cut long downloads.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(
            $"LinkedInExports/{typeof(HttpClientFactory).Assembly.GetName().Version!.ToString(3)}");
        return client;
    }

#if NET
    /// <param name="proxy">The way out.</param>
    /// <param name="connector">Opens connections; null for the real one.</param>
    internal static SocketsHttpHandler CreateHandler(ProxyOptions proxy, HostConnector? connector = null) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = !proxy.IsBypassed,
        Proxy = proxy.ToProxy(), // Null for the system's, or that of the environment.
        DefaultProxyCredentials = proxy.Credential,
        ConnectCallback = (connector ?? new HostConnector()).ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10), // DNS changes are seen during waits of hours.
        MaxConnectionsPerServer = MaxConnectionsPerServer,
    };
#else
    private static HttpClientHandler CreateHandler(ProxyOptions proxy)
    {
        // .NET Framework may start from older versions of TLS; ours is added, the user's choice stays.
        if (System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;

        return new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = !proxy.IsBypassed,
            Proxy = proxy.ToProxy(),
            DefaultProxyCredentials = proxy.Credential,
            MaxConnectionsPerServer = MaxConnectionsPerServer,
        };
    }
#endif
}
