namespace LinkedInExports.Core.Time;

/// <summary>A timeout that is linked to a cancellation token and detects which of the two ended the operation.</summary>
internal readonly struct Deadline : IDisposable
{
    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _linked;
    private readonly CancellationToken _outer;

    internal Deadline(CancellationTokenSource timer, CancellationTokenSource linked, CancellationToken outer)
    {
        (_timer, _linked, _outer) = (timer, linked, outer);
    }

    private Deadline(CancellationToken outer) => _outer = outer;

    internal CancellationToken Token => _linked?.Token ?? _outer;

    /// <summary>Whether the timeout, and not the user, canceled the operation.</summary>
    internal bool IsExpired => _timer is { IsCancellationRequested: true } && !_outer.IsCancellationRequested;

    /// <summary>Creates a deadline without a timeout.</summary>
    internal static Deadline None(CancellationToken outer) => new(outer);

    public void Dispose()
    {
        _linked?.Dispose();
        _timer?.Dispose();
    }
}
