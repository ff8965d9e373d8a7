namespace LinkedInExports.Core.Time;

/// <summary>Extensions of the time source that behave the same on .NET and .NET Framework.</summary>
internal static class TimeProviderExtensions
{
    /// <summary>Timers are limited to 49 days; longer waits are divided into days.</summary>
    private static readonly TimeSpan MaxTimerDelay = TimeSpan.FromDays(1);

    /// <summary>For the same reason, a longer deadline is no deadline.</summary>
    private static readonly TimeSpan MaxDeadline = TimeSpan.FromDays(40);

    /// <summary>
    /// Waits for the delay, rounded up to whole milliseconds, or for a day if it is longer.
    /// </summary>
    /// <remarks>Does not wait for a negative delay, which timers treat as infinite.</remarks>
    internal static Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
        delay <= TimeSpan.Zero
            ? (cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask)
            : DelayCoreAsync(
                time,
                delay < MaxTimerDelay ? TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)) : MaxTimerDelay,
                cancellationToken
            );

#if NET
    private static Task DelayCoreAsync(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
        Task.Delay(delay, time, cancellationToken);

    private static CancellationTokenSource CreateTimerSource(TimeProvider time, TimeSpan delay) => new(delay, time);
#else
    private static Task DelayCoreAsync(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
        TimeProviderTaskExtensions.Delay(time, delay, cancellationToken);

    private static CancellationTokenSource CreateTimerSource(TimeProvider time, TimeSpan delay) =>
        TimeProviderTaskExtensions.CreateCancellationTokenSource(time, delay);
#endif

    /// <summary>Waits for a task that does not support cancellation.</summary>
    internal static async Task WaitCancellableAsync(this Task task, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken)))
                task = await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        }

        await task.ConfigureAwait(false);
    }

    /// <summary>
    /// Creates a token that is canceled with another one or after a delay, for a negative delay at once. Null is no deadline.
    /// </summary>
    internal static Deadline CreateDeadline(this TimeProvider time, TimeSpan? delay, CancellationToken cancellationToken)
    {
        if (delay is not { } limit || limit > MaxDeadline)
            return Deadline.None(cancellationToken);

        CancellationTokenSource timer = CreateTimerSource(time, limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
        return new Deadline(
            timer,
            CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken),
            cancellationToken
        );
    }
}
