using System.Globalization;
using System.Text;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>An HTTP proxy that refuses every CONNECT request, and counts the credentials that were presented to it.</summary>
internal sealed class RefusingProxy : IAsyncDisposable
{
    private readonly RawServer _server;

    private RefusingProxy(RawServer server) => _server = server;

    internal Uri Uri => _server.Uri;

    /// <summary>Requests so far. A client that authenticates in a second request sends two for one attempt.</summary>
    internal int Requests => _server.Requests.Count;

    /// <summary>
    /// The user names and passwords that were presented, <c>user:password</c>, once for each request that had them.
    /// </summary>
    internal IReadOnlyList<string> Credentials =>
        [
            .. _server
                .Requests.Select(request => request.Header("Proxy-Authorization"))
                .OfType<string>()
                .Select(value => Encoding.UTF8.GetString(Convert.FromBase64String(value["Basic ".Length..]))),
        ];

    /// <summary>Starts a proxy.</summary>
    /// <param name="status">403 for a proxy that does not allow the destination, 407 for one that does not accept the
    /// credentials.</param>
    /// <param name="body">The body of the response.</param>
    internal static RefusingProxy Start(int status, string body = "<html><body>Access denied</body></html>")
    {
        string authenticate = status == 407 ? "Proxy-Authenticate: Basic realm=\"proxy\"\r\n" : "";
        string answer = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} Refused\r\n{authenticate}Content-Type: text/html\r\nContent-Length: "
                + $"{body.Length}\r\nConnection: close\r\n\r\n{body}"
        );
        return new RefusingProxy(RawServer.Start(answer));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
