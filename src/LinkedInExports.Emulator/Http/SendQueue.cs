using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace LinkedInExports.Emulator.Http;

/// <summary>The bytes in the operating system's send queue, which a connection reset would drop.</summary>
internal static class SendQueue
{
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int UnackedAt = 24;
    private const int NotSentAt = 144;
    private const int InfoBytes = 192;

    // Also the time to wait if the queue cannot be queried. It is ample on loopback.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    // The limit for a client that does not read.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the client's operating system has received all bytes.</summary>
    public static async Task DrainAsync(HttpContext context, CancellationToken cancellationToken)
    {
        Socket? socket = context.Features[typeof(IConnectionSocketFeature)] is IConnectionSocketFeature feature
            ? feature.Socket
            : null;
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(Step, cancellationToken);
        } while (socket is not null && HasUnsentBytes(socket) && System.Diagnostics.Stopwatch.GetElapsedTime(started) < MaxWait);
    }

    private static bool HasUnsentBytes(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            Span<byte> info = stackalloc byte[InfoBytes];
            int length = socket.GetRawSocketOption(Tcp, TcpInfo, info);
            return length >= NotSentAt + sizeof(uint) && (ReadNumber(info, UnackedAt) > 0 || ReadNumber(info, NotSentAt) > 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static uint ReadNumber(ReadOnlySpan<byte> info, int at) =>
        BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(info[at..])
            : BinaryPrimitives.ReadUInt32BigEndian(info[at..]);
}
