namespace LinkedInExports.Core.Time;

/// <summary>Waiting by an injected clock, the same on both targets.</summary>
internal static class TimeProviderExtensions
{
    /// <summary>Timers end at 49 days; who waits for longer looks again after one.</summary>
    private static readonly TimeSpan MaxTimerDelay = TimeSpan.FromDays(1);

    /// <summary>
    /// Waits at least that long, or a day: timers count whole milliseconds and would wake a fraction too early.
    /// </summary>
    /// <remarks>A moment that has passed already is none to wait for: below zero lies what timers take for ever.</remarks>
    internal static Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
        delay <= TimeSpan.Zero
            ? (cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask)
            : DelayCoreAsync(time, delay < MaxTimerDelay ? TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds)) : MaxTimerDelay, cancellationToken);

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

    /// <summary>Waits for a task that does not know of the cancellation.</summary>
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

    /// <summary>A token that fires with the given one, or when the time is over.</summary>
    internal static Deadline CreateDeadline(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
    {
        CancellationTokenSource timer = CreateTimerSource(time, delay);
        return new Deadline(timer, CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken), cancellationToken);
    }
}
