using System.Threading.Channels;

namespace LinkedInExports.Core.Threading;

/// <summary>Processes items concurrently; .NET Framework has no <c>Parallel.ForEachAsync</c>.</summary>
internal static class Concurrent
{
    /// <summary>Processes items in their order, a limited number at a time.</summary>
    /// <param name="items">The items; read on demand.</param>
    /// <param name="limit">The number of items that are processed at a time.</param>
    /// <param name="process">Processes an item. If it throws, no further item is started, and the token of the others is
    /// canceled.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal static async Task ForEachAsync<T>(
        IEnumerable<T> items,
        int limit,
        Func<T, CancellationToken, Task> process,
        CancellationToken cancellationToken
    )
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using IEnumerator<T> enumerator = items.GetEnumerator();
        await RunWorkersAsync(ReadNext, limit, process, failed).ConfigureAwait(false);

        ValueTask<(bool Exists, T Item)> ReadNext()
        {
            lock (enumerator)
                return new(enumerator.MoveNext() ? (true, enumerator.Current) : default);
        }
    }

    /// <summary>Processes items in their order, a limited number at a time, while more of them arrive.</summary>
    internal static async Task ForEachAsync<T>(
        IAsyncEnumerable<T> items,
        int limit,
        Func<T, CancellationToken, Task> process,
        CancellationToken cancellationToken
    )
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var turn = new SemaphoreSlim(1);
        IAsyncEnumerator<T> enumerator = items.GetAsyncEnumerator(failed.Token);
        try
        {
            await RunWorkersAsync(ReadNextAsync, limit, process, failed).ConfigureAwait(false);
        }
        finally
        {
            await enumerator.DisposeAsync().ConfigureAwait(false);
        }

        async ValueTask<(bool Exists, T Item)> ReadNextAsync()
        {
            await turn.WaitAsync(failed.Token).ConfigureAwait(false);
            try
            {
                return await enumerator.MoveNextAsync().ConfigureAwait(false) ? (true, enumerator.Current) : default;
            }
            finally
            {
                turn.Release();
            }
        }
    }

    /// <summary>Processes the items of a channel, a limited number at a time, until it is completed.</summary>
    internal static async Task ForEachAsync<T>(
        ChannelReader<T> items,
        int limit,
        Func<T, CancellationToken, Task> process,
        CancellationToken cancellationToken
    )
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await RunWorkersAsync(ReadNextAsync, limit, process, failed).ConfigureAwait(false);

        async ValueTask<(bool Exists, T Item)> ReadNextAsync()
        {
            while (await items.WaitToReadAsync(failed.Token).ConfigureAwait(false))
            {
                if (items.TryRead(out T? item))
                    return (true, item);
            }

            return default;
        }
    }

    /// <summary>Runs workers, each of which takes the next item when it has processed one, until no more items exist.</summary>
    private static Task RunWorkersAsync<T>(
        Func<ValueTask<(bool Exists, T Item)>> readNext,
        int limit,
        Func<T, CancellationToken, Task> process,
        CancellationTokenSource failed
    )
    {
        return Task.WhenAll(Enumerable.Range(0, limit).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));

        async Task WorkAsync()
        {
            while (true)
            {
                failed.Token.ThrowIfCancellationRequested();
                (bool exists, T item) = await readNext().ConfigureAwait(false);
                if (!exists)
                    return;
                try
                {
                    await process(item, failed.Token).ConfigureAwait(false);
                }
                catch
                {
                    failed.Cancel();
                    throw;
                }
            }
        }
    }
}
