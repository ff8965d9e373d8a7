namespace LinkedInExports.Core.Time;

/// <summary>A timeout that is linked to a cancellation token and detects which of the two ended the operation.</summary>
internal readonly struct Deadline(CancellationTokenSource timer, CancellationTokenSource linked, CancellationToken outer)
    : IDisposable
{
    internal CancellationToken Token => linked.Token;

    /// <summary>Whether the timeout, and not the user, canceled the operation.</summary>
    internal bool IsExpired => timer.IsCancellationRequested && !outer.IsCancellationRequested;

    public void Dispose()
    {
        linked.Dispose();
        timer.Dispose();
    }
}
