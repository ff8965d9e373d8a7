namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>
/// The real clock, except that pauses of up to a minute take a thousandth of it. Deadlines, which are longer, stay.
/// </summary>
internal sealed class FastTimeProvider : TimeProvider
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime <= MaxPause ? dueTime / 1000 : dueTime, period);
}
