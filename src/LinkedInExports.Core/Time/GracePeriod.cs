namespace LinkedInExports.Core.Time;

/// <summary>Delays a cancellation, for an operation whose result must not be lost.</summary>
internal sealed class GracePeriod : IDisposable
{
    // Not disposed, because the timer may fire at the end of the step. The source holds no resources.
    private readonly CancellationTokenSource _delayed = new();
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _registration;

    /// <param name="time">The clock.</param>
    /// <param name="length">The time between the two cancellations.</param>
    /// <param name="cancellationToken">The token to follow.</param>
    internal GracePeriod(TimeProvider time, TimeSpan length, CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(),
            _delayed,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _registration = cancellationToken.Register(() => _timer.Change(length, Timeout.InfiniteTimeSpan));
    }

    /// <summary>The token that is canceled later.</summary>
    internal CancellationToken Token => _delayed.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
    }
}
