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
    internal static Task ForEachAsync<T>(
        IEnumerable<T> items,
        int limit,
        Func<T, CancellationToken, Task> process,
        CancellationToken cancellationToken
    ) => ForEachAsync(items.AsAsyncEnumerable(), limit, process, cancellationToken);

    /// <summary>Processes items in their order, a limited number at a time, while more of them arrive.</summary>
    internal static async Task ForEachAsync<T>(
        IAsyncEnumerable<T> items,
        int limit,
        Func<T, CancellationToken, Task> process,
        CancellationToken cancellationToken
    )
    {
        using var slots = new SemaphoreSlim(limit);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task>();
        try
        {
            await foreach (T item in items.WithCancellation(failed.Token).ConfigureAwait(false))
            {
                await slots.WaitAsync(failed.Token).ConfigureAwait(false);
                if (running.Count > 4 * limit)
                    running.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);

                // Task.Run queues locally, where the newest task starts first.
                running.Add(
                    Task.Factory.StartNew(
                            () => RunAsync(item),
                            CancellationToken.None,
                            TaskCreationOptions.PreferFairness,
                            TaskScheduler.Default
                        )
                        .Unwrap()
                );
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // An item failed. Waiting for the others throws its exception.
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }

        async Task RunAsync(T item)
        {
            try
            {
                await process(item, failed.Token).ConfigureAwait(false);
            }
            catch
            {
                failed.Cancel();
                throw;
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
