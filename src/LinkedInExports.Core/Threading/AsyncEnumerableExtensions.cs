namespace LinkedInExports.Core.Threading;

/// <summary>Passes lists to operations whose input is a stream.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>Returns the items of a list as a stream that never waits.</summary>
    public static IAsyncEnumerable<T> AsAsyncEnumerable<T>(this IEnumerable<T> items) => new EnumerableStream<T>(items);

    private sealed class EnumerableStream<T>(IEnumerable<T> items) : IAsyncEnumerable<T>
    {
        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            new Enumerator<T>(items.GetEnumerator(), cancellationToken);
    }

    private sealed class Enumerator<T>(IEnumerator<T> items, CancellationToken cancellationToken) : IAsyncEnumerator<T>
    {
        public T Current => items.Current;

        public ValueTask<bool> MoveNextAsync()
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ValueTask<bool>(items.MoveNext());
        }

        public ValueTask DisposeAsync()
        {
            items.Dispose();
            return default;
        }
    }
}
