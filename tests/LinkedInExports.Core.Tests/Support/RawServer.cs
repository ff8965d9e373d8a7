using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// A TCP server on loopback that sends any bytes, which need not be HTTP. It reads one request for each connection.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RawRequest> _requests = new();
    private readonly Func<RawExchange, Task> _serve;
    private readonly Func<Stream, CancellationToken, Task<Stream>> _secure;
    private readonly Task _accepting;
    private int _connections;

    private RawServer(Func<RawExchange, Task> serve, Func<Stream, CancellationToken, Task<Stream>> secure)
    {
        _serve = serve;
        _secure = secure;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The address of the server, <c>http://127.0.0.1:{port}/</c>.</summary>
    internal Uri Uri => new($"http://127.0.0.1:{Port}/");

    /// <summary>Connections so far, including those that sent no request.</summary>
    internal int Connections => Volatile.Read(ref _connections);

    /// <summary>The requests so far, in the order of their arrival.</summary>
    internal IReadOnlyList<RawRequest> Requests => [.. _requests];

    /// <summary>Answers each request with the same bytes and closes the connection.</summary>
    internal static RawServer Start(byte[] answer) => Start(exchange => exchange.SendAsync(answer));

    /// <summary>Answers each request with the same text (Latin-1) and closes the connection.</summary>
    internal static RawServer Start(string answer) => Start(Encoding.Latin1.GetBytes(answer));

    /// <summary>Handles each exchange with a function, and closes the connection when it returns.</summary>
    internal static RawServer Start(Func<RawExchange, Task> serve) => new(serve, static (stream, _) => Task.FromResult(stream));

    /// <summary>As <see cref="Start(Func{RawExchange, Task})"/>, over a stream after a TLS handshake.</summary>
    internal static RawServer Start(Func<RawExchange, Task> serve, Func<Stream, CancellationToken, Task<Stream>> secure) =>
        new(serve, secure);

    /// <summary>A complete HTTP/1.1 response as text, with its length and without keep-alive.</summary>
    internal static string Response(int status, string body = "", params ReadOnlySpan<string> headers)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} Status\r\nContent-Length: {body.Length}\r\nConnection: close\r\n"
        );
        foreach (string header in headers)
            text.Append(header).Append("\r\n");
        return text.Append("\r\n").Append(body).ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                open.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test has ended. The listener throws one of several exceptions.
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await using var network = new NetworkStream(socket, ownsSocket: false);
                await using Stream stream = await _secure(network, _stop.Token);
                if (await RawRequest.ReadAsync(stream, _stop.Token) is not { } request)
                    return;
                _requests.Enqueue(request);
                await _serve(new RawExchange(request, socket, stream, _stop.Token));
                if (socket.Connected)
                    socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or SocketException
                            or OperationCanceledException
                            or ObjectDisposedException
                            or System.Security.Authentication.AuthenticationException
                )
            {
                // The client disconnected or did not trust the certificate, or the test has ended.
            }
        }
    }
}

/// <summary>A request as it arrived.</summary>
/// <param name="Head">Request line and headers, Latin-1.</param>
/// <param name="Body">The body, as long as <c>Content-Length</c> says.</param>
internal sealed record RawRequest(string Head, byte[] Body)
{
    internal string RequestLine => Head[..Head.IndexOf("\r\n", StringComparison.Ordinal)];

    /// <summary>The value of a header, or null.</summary>
    internal string? Header(string name)
    {
        foreach (string line in Head.Split("\r\n").Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).Equals(name, StringComparison.OrdinalIgnoreCase))
                return line[(colon + 1)..].Trim();
        }

        return null;
    }

    /// <returns>The request, or null if the connection ended before it was complete.</returns>
    internal static async Task<RawRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        int headEnd;
        while ((headEnd = HeadEnd(bytes)) < 0)
        {
            int read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                return null;
            bytes.AddRange(buffer.AsSpan(0, read));
        }

        var request = new RawRequest(Encoding.Latin1.GetString([.. bytes[..headEnd]]), []);
        int length = int.TryParse(
            request.Header("Content-Length"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int announced
        )
            ? announced
            : 0;
        List<byte> body = bytes[headEnd..];
        while (body.Count < length)
        {
            int read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                return null;
            body.AddRange(buffer.AsSpan(0, read));
        }

        return request with
        {
            Body = [.. body],
        };
    }

    private static int HeadEnd(List<byte> bytes)
    {
        int at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).IndexOf("\r\n\r\n"u8);
        return at < 0 ? -1 : at + 4;
    }
}

/// <summary>One request and the means to answer it.</summary>
internal sealed class RawExchange(RawRequest request, Socket socket, Stream stream, CancellationToken cancellationToken)
{
    internal RawRequest Request => request;

    /// <summary>Cancelled when the test ends.</summary>
    internal CancellationToken Stop => cancellationToken;

    /// <summary>Sends bytes as they are.</summary>
    internal async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Sends text as Latin-1, so that each character up to U+00FF is a byte.</summary>
    internal Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes a few at a time, with a pause between them.</summary>
    internal async Task TrickleAsync(ReadOnlyMemory<byte> bytes, int atOnce, TimeSpan pause)
    {
        for (int sent = 0; sent < bytes.Length; sent += atOnce)
        {
            await SendAsync(bytes.Slice(sent, Math.Min(atOnce, bytes.Length - sent)));
            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>Closes the connection with a reset (RST).</summary>
    internal void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Sends nothing more and keeps the connection open until the client disconnects or the test ends.</summary>
    internal async Task StayOpenAsync()
    {
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer, cancellationToken) > 0) { }
    }
}
