using System.Collections.Concurrent;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>
/// Keeps the messages about a request that creates something until the result was output. PowerShell may end the pipeline at any
/// message (<c>-WarningAction Stop</c>, or a question that nobody can answer), and a job that exists at LinkedIn must not lose its id
/// to that.
/// </summary>
public sealed class DeferredOutput : ICommandOutput, IDisposable
{
    private readonly ICommandOutput _output;
    private readonly ConcurrentQueue<Action<ICommandOutput>> _deferred = new();

    internal DeferredOutput(ICommandOutput output) => _output = output;

    /// <summary>Creates something and outputs it, and passes on the messages about it afterwards.</summary>
    /// <param name="output">Receives the result and the messages.</param>
    /// <param name="create">Creates it; its messages go to what it is given.</param>
    public static async Task OutputAsync<T>(ICommandOutput output, Func<ICommandOutput, Task<T>> create)
        where T : class
    {
        using var held = new DeferredOutput(output);
        output.Output(await create(held).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Output(object value) => _output.Output(value);

    /// <inheritdoc/>
    public void Error(LinkedInException error) => _deferred.Enqueue(receiver => receiver.Error(error));

    /// <inheritdoc/>
    public void Warning(SanitizedText text) => _deferred.Enqueue(receiver => receiver.Warning(text));

    /// <inheritdoc/>
    public void Verbose(SanitizedText text) => _deferred.Enqueue(receiver => receiver.Verbose(text));

    /// <inheritdoc/>
    public void Debug(SanitizedText text) => _deferred.Enqueue(receiver => receiver.Debug(text));

    /// <inheritdoc/>
    public void Progress(ProgressUpdate update) => _output.Progress(update);

    /// <summary>Passes on what was kept, in its order.</summary>
    public void Dispose()
    {
        while (_deferred.TryDequeue(out Action<ICommandOutput>? deliver))
            deliver(_output);
    }
}
