using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Output;

/// <summary>
/// Holds the messages about a request that creates something until the caller has the result. PowerShell may end the
/// pipeline at any message (<c>-WarningAction Stop</c>, or a prompt in a session without a user), and the id of a job that
/// exists at LinkedIn must not be lost.
/// </summary>
public sealed class DeferredDiagnostics : IDiagnostics, IDisposable
{
    private readonly IDiagnostics _receiver;
    private readonly ConcurrentQueue<Action<IDiagnostics>> _deferred = new();

    internal DeferredDiagnostics(IDiagnostics receiver) => _receiver = receiver;

    /// <summary>
    /// Creates an object, returns it as the only element of a stream, and passes on the messages about it when the caller
    /// requests the next element.
    /// </summary>
    /// <param name="create">Creates the object. The argument receives its messages.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async IAsyncEnumerable<T> CreateAsync<T>(
        Func<IDiagnostics, CancellationToken, Task<T>> create,
        IDiagnostics diagnostics,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var deferred = new DeferredDiagnostics(diagnostics);
        yield return await create(deferred, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public bool IncludesDetails => _receiver.IncludesDetails;

    /// <inheritdoc/>
    public void Error(LinkedInException error) => _deferred.Enqueue(receiver => receiver.Error(error));

    /// <inheritdoc/>
    public void Warning(SanitizedText text) => _deferred.Enqueue(receiver => receiver.Warning(text));

    /// <inheritdoc/>
    public void Verbose(SanitizedText text) => _deferred.Enqueue(receiver => receiver.Verbose(text));

    /// <inheritdoc/>
    public void Debug(SanitizedText text) => _deferred.Enqueue(receiver => receiver.Debug(text));

    /// <inheritdoc/>
    public void Progress(ProgressUpdate update) => _receiver.Progress(update);

    /// <summary>Passes on the messages in order.</summary>
    public void Dispose()
    {
        while (_deferred.TryDequeue(out Action<IDiagnostics>? deliver))
            deliver(_receiver);
    }
}
