using System.Net;
using System.Net.Http;
#if !NET
using System.Runtime.InteropServices;
#endif

namespace LinkedInExports.Core.Http;

/// <summary>Creates the HTTP client of a connection, without automatic redirects and decompression.</summary>
internal static class HttpClientFactory
{
    private const int MaxConnectionsPerServer = 64;

    /// <param name="network">A handler that replaces the network, or null.</param>
    /// <param name="proxy">The proxy settings.</param>
    /// <param name="decorate">Creates the handler around the network, which for example records the exchanges.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>: the proxy cannot be used.</exception>
    internal static HttpClient CreateClient(
        HttpMessageHandler? network,
        ProxyOptions proxy,
        Func<HttpMessageHandler, HttpMessageHandler>? decorate = null
    )
    {
        proxy.Validate();
        HttpMessageHandler handler = network ?? CreateHandler(proxy);
        HttpClient client = new(decorate?.Invoke(handler) ?? handler, disposeHandler: true)
        {
            // Each step has its own timeout; a timeout for the complete request would interrupt long downloads.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(
            $"LinkedInExports/{typeof(HttpClientFactory).Assembly.GetName().Version!.ToString(3)}"
        );
        return client;
    }

#if NET
    /// <param name="proxy">The proxy settings.</param>
    /// <param name="connector">Opens the connections; null for the default.</param>
    internal static SocketsHttpHandler CreateHandler(ProxyOptions proxy, HostConnector? connector = null) =>
        new()
        {
            // No request carries the id of a trace, and the spans and diagnostic listeners of .NET do not see signed links. The
            // event source System.Net.Http shows them in .NET 8; later versions remove queries.
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = !proxy.IsBypassed,
            Proxy = proxy.ToProxy(), // Null for the proxy of the system or the environment.
            DefaultProxyCredentials = proxy.Credential,
            ConnectCallback = (connector ?? new HostConnector()).ConnectAsync,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10), // To follow DNS changes during long waits.
            MaxConnectionsPerServer = MaxConnectionsPerServer,
        };
#else
    /// <summary>SecurityProtocolType.SystemDefault, which .NET Standard does not have.</summary>
    private const SecurityProtocolType SystemDefault = 0;

    internal static HttpClientHandler CreateHandler(ProxyOptions proxy)
    {
        EnableTls12();
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

    /// <summary>
    /// Adds TLS 1.2 to the protocols of the process if they are an explicit list without it, the default of older versions of
    /// .NET Framework. The default of the operating system is kept. On .NET Framework, a handler cannot have other protocols
    /// than the process.
    /// </summary>
    private static void EnableTls12()
    {
        if (!RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
            return;

        SecurityProtocolType protocols = ServicePointManager.SecurityProtocol;
        if (protocols != SystemDefault && !protocols.HasFlag(SecurityProtocolType.Tls12))
            ServicePointManager.SecurityProtocol = protocols | SecurityProtocolType.Tls12;
    }
#endif
}
