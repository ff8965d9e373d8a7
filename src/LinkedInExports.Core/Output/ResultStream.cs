using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LinkedInExports.Core.Output;

/// <summary>Turns the results of concurrent workers into a stream.</summary>
internal static class ResultStream
{
    /// <summary>The number of results that wait for the reader before the workers are blocked.</summary>
    internal const int Capacity = 64;

    /// <summary>
    /// Runs an operation on the thread pool and returns its results as they are written. The operation starts with the
    /// enumeration. Disposing of the enumerator cancels the operation and waits for its end.
    /// </summary>
    /// <param name="produce">The operation. It writes its results from any thread, and has stopped writing when its task
    /// ends.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The results, followed by the exception of the operation, if it failed or was canceled.</returns>
    internal static async IAsyncEnumerable<T> Create<T>(
        Func<ResultWriter<T>, CancellationToken, Task> produce,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task producing = Task.Run(() => ProduceAsync(produce, channel.Writer, source.Token), CancellationToken.None);
        try
        {
            // Without the token: after a cancellation, the stream ends when the operation has cleaned up.
            while (await channel.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (channel.Reader.TryRead(out T? result))
                    yield return result;
            }

            await producing.ConfigureAwait(false);
        }
        finally
        {
            if (!producing.IsCompleted)
                source.Cancel();

            // The reader has been disposed, or has received the exception.
            await Task.WhenAny(producing).ConfigureAwait(false);
            _ = producing.Exception;
        }
    }

    private static async Task ProduceAsync<T>(
        Func<ResultWriter<T>, CancellationToken, Task> produce,
        ChannelWriter<T> channel,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await produce(new ResultWriter<T>(channel, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            channel.TryComplete();
        }
    }
}
