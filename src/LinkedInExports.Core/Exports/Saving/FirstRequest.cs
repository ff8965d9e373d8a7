namespace LinkedInExports.Core.Exports.Saving;

/// <summary>
/// Lets the first request of a run go alone. Where a proxy rejects the credential or a certificate is not trusted, that one
/// shows it, and the others do not repeat it: some directories lock an account after a few wrong passwords.
/// </summary>
internal sealed class FirstRequest
{
    /// <summary>A rejection comes soon. A server that takes longer must not delay the other files.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<bool> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    /// <summary>Waits for the answer to the first request.</summary>
    /// <returns>True for the first request itself, which has to call <see cref="Answer"/> in the end.</returns>
    internal async Task<bool> EnterAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (_answered.Task.IsCompleted)
            return false;
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
            return true;

        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_answered.Task, time.DelayAsync(Patience, wake.Token)).ConfigureAwait(false);
        wake.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    /// <summary>Lets the others go.</summary>
    internal void Answer() => _answered.TrySetResult(true);
}
