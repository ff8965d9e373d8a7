using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace LinkedInExports.Core.Output;

/// <summary>Passes input to an operation in the background as a stream, while the caller adds more.</summary>
public sealed class InputBuffer<T>
{
    private readonly Channel<T> _channel = Channel.CreateUnbounded<T>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Adds an item.</summary>
    /// <exception cref="InvalidOperationException"><see cref="CompleteAdding"/> was called before.</exception>
    public void Add(T item)
    {
        if (!_channel.Writer.TryWrite(item))
            throw new InvalidOperationException("The input is completed.");
    }

    /// <summary>Ends the stream after the items that were added.</summary>
    public void CompleteAdding() => _channel.Writer.TryComplete();

    /// <summary>Returns the items, and waits for more until the input is completed. Can be called once.</summary>
    public IAsyncEnumerable<T> ReadAllAsync() => ReadAsync(CancellationToken.None);

    private async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_channel.Reader.TryRead(out T? item))
                yield return item;
        }
    }
}
