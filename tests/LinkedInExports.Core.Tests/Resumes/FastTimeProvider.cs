namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>
/// The real clock, except that delays of up to a minute are a thousand times as short. Longer timers are unchanged.
/// </summary>
internal sealed class FastTimeProvider : TimeProvider
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= MaxPause ? dueTime / 1000 : dueTime, period);
}
