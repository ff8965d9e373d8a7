using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Downloads;

/// <summary>
/// Lets the first request of a run go alone. Where a proxy rejects the credential or a certificate is not trusted, that one
/// shows it, and the others do not repeat it: some directories lock an account after a few wrong passwords.
/// </summary>
internal sealed class FirstRequestGuard
{
    /// <summary>A rejection comes soon. A server that takes longer must not delay the other files.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isEntered;

    /// <summary>Waits for the answer to the first request.</summary>
    /// <returns>True for the first request itself, which has to call <see cref="SetCompleted"/> in the end.</returns>
    internal async Task<bool> EnterAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (_completion.Task.IsCompleted)
            return false;
        if (Interlocked.Exchange(ref _isEntered, 1) == 0)
            return true;

        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_completion.Task, time.DelayAsync(MaxWait, wake.Token)).ConfigureAwait(false);
        wake.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>Lets the others go.</summary>
    internal void SetCompleted() => _completion.TrySetResult(true);
}
