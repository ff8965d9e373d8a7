namespace LinkedInExports.Core.Time;

/// <summary>A bound on the time of one step, kept apart from the wish of the user to stop.</summary>
internal readonly struct Deadline(
    CancellationTokenSource timer, CancellationTokenSource linked, CancellationToken outer) : IDisposable
{
    internal CancellationToken Token => linked.Token;

    /// <summary>Whether a cancellation came from the clock and not from the user.</summary>
    internal bool IsExpired => timer.IsCancellationRequested && !outer.IsCancellationRequested;

    public void Dispose()
    {
        linked.Dispose();
        timer.Dispose();
    }
}
