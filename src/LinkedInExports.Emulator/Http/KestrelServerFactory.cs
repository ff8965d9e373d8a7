using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkedInExports.Emulator.Http;

/// <summary>
/// Creates a Kestrel server without a host, so that it does not read configuration, watch files or handle signals.
/// </summary>
internal static class KestrelServerFactory
{
    internal static KestrelServer Create(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;

        // The emulator returns 414 for long queries.
        options.Limits.MaxRequestLineSize = 256 * 1024;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);

        // With a minimal buffer, a flush ends when the operating system has the bytes, so that a later reset loses none of them.
        var sockets = new SocketTransportOptions { MaxWriteBufferSize = 2 };
        var transport = new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }
}
