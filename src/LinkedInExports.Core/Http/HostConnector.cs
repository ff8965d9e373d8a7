#if NET
using System.Net;
using System.Net.Sockets;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Opens connections. While a connection attempt is pending, the next address of the host is tried (RFC 8305), so that one
/// unreachable address does not make the host unreachable.
/// </summary>
internal class HostConnector
{
    /// <summary>Set on requests that may only go to public addresses.</summary>
    internal static readonly HttpRequestOptionsKey<bool> PublicOnly = new("LinkedInExports.PublicOnly");

    private static readonly TimeSpan AttemptInterval = TimeSpan.FromMilliseconds(300);

    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        HttpRequestMessage request = context.InitialRequestMessage;

        // The proxy resolves the name, and may have a private address.
        bool isProxy = !context.DnsEndPoint.Host.Equals(request.RequestUri!.IdnHost, StringComparison.OrdinalIgnoreCase);
        if (!isProxy && request.Options.TryGetValue(PublicOnly, out bool publicOnly) && publicOnly)
        {
            addresses = Array.FindAll(addresses, PublicAddress.IsPublic);
            if (addresses.Length == 0)
                throw new NonPublicAddressException();
        }

        return await ConnectToAnyAsync(addresses, context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
    }

    private protected virtual Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out IPAddress? literal)
            ? Task.FromResult<IPAddress[]>([literal])
            : Dns.GetHostAddressesAsync(host, cancellationToken);

    private protected virtual async Task<Stream> OpenAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> ConnectToAnyAsync(IPAddress[] addresses, DnsEndPoint host, CancellationToken cancellationToken)
    {
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<Stream>>(addresses.Length);
        var pending = new List<Task<Stream>>(addresses.Length);
        Stream? connected = null;
        try
        {
            while (connected is null)
            {
                if (attempts.Count < addresses.Length)
                {
                    Task<Stream> next = OpenAsync(new IPEndPoint(addresses[attempts.Count], host.Port), stop.Token);
                    attempts.Add(next);
                    pending.Add(next);
                }

                if (
                    attempts.Count < addresses.Length
                    && pending.Count > 0
                    && await Task.WhenAny([.. pending, Task.Delay(AttemptInterval, stop.Token)]).ConfigureAwait(false)
                        is not Task<Stream>
                )
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    continue;
                }

                Task<Stream> ended = await Task.WhenAny(pending).ConfigureAwait(false);
                pending.Remove(ended);
                if (ended.IsCompletedSuccessfully)
                    connected = ended.Result;
                else if (pending.Count == 0 && attempts.Count == addresses.Length)
                    await attempts[0].ConfigureAwait(false); // Reports the first failure.
            }

            return connected;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (Task<Stream> late in pending)
            {
                _ = late.ContinueWith(
                    static task => task.Result.Dispose(),
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion,
                    TaskScheduler.Default
                );
            }
        }
    }
}

/// <summary>The target of a redirect has private addresses only.</summary>
internal sealed class NonPublicAddressException() : IOException("The host has no public address.");
#endif
