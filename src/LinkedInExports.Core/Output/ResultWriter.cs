using System.Threading.Channels;

namespace LinkedInExports.Core.Output;

/// <summary>Receives the results of concurrent workers.</summary>
internal sealed class ResultWriter<T>(ChannelWriter<T> channel, CancellationToken cancellationToken)
{
    /// <summary>Writes a result, and waits while the reader is behind.</summary>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    internal ValueTask WriteAsync(T result) => channel.WriteAsync(result, cancellationToken);

    /// <summary>Writes a result, and blocks the thread while the reader is behind.</summary>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    internal void Write(T result)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!channel.TryWrite(result))
            channel.WriteAsync(result, cancellationToken).AsTask().GetAwaiter().GetResult();
    }
}
