namespace LinkedInExports.Core;

/// <summary>Waiting by an injected clock, the same on both targets.</summary>
internal static class Clock
{
    /// <summary>Waits at least that long: timers count whole milliseconds and would wake a fraction too early.</summary>
    internal static Task Delay(this TimeProvider time, TimeSpan delay, CancellationToken cancellation) =>
        WholeDelay(time, TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)), cancellation);

#if NET
    private static Task WholeDelay(TimeProvider time, TimeSpan delay, CancellationToken cancellation) =>
        Task.Delay(delay, time, cancellation);

    private static CancellationTokenSource After(TimeProvider time, TimeSpan delay) => new(delay, time);
#else
    private static Task WholeDelay(TimeProvider time, TimeSpan delay, CancellationToken cancellation) =>
        TimeProviderTaskExtensions.Delay(time, delay, cancellation);

    private static CancellationTokenSource After(TimeProvider time, TimeSpan delay) =>
        TimeProviderTaskExtensions.CreateCancellationTokenSource(time, delay);
#endif

    /// <summary>A token that fires with the given one, or when the time is over.</summary>
    internal static Deadline Deadline(this TimeProvider time, TimeSpan delay, CancellationToken cancellation)
    {
        CancellationTokenSource timer = After(time, delay);
        return new Deadline(timer, CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation), cancellation);
    }
}
