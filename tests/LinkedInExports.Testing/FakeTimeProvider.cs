using System.Diagnostics;

namespace LinkedInExports.Testing;

/// <summary>
/// A clock that advances only on request. With <see cref="RunAsync"/>, it jumps from timer to timer while work is idle, so
/// that hours of waiting take milliseconds.
/// </summary>
internal sealed class FakeTimeProvider(DateTimeOffset now) : TimeProvider
{
    private static readonly TimeSpan IdleDelay = TimeSpan.FromMilliseconds(5);

    private readonly object _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = now;
    private long _lookedAt;

    internal FakeTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _lookedAt);
        return Now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Advance(TimeSpan by)
    {
        DateTimeOffset target = Now + by;
        while (true)
        {
            FakeTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
                if (next is null)
                {
                    _now = target;
                    return;
                }

                _now = next.Due > _now ? next.Due : _now;
                _timers.Remove(next);
            }

            next.Fire();
        }
    }

    /// <summary>Runs work to its end, and advances the clock to the next timer when the work is idle.</summary>
    internal async Task RunAsync(Task work)
    {
        while (!work.IsCompleted)
        {
            if (!await IsQuietAsync(work))
                continue;
            DateTimeOffset? due;
            lock (_gate)
                due = _timers.Count == 0 ? null : _timers.Min(timer => timer.Due);
            if (due is { } next)
                Advance(next - Now is var step && step > TimeSpan.Zero ? step : TimeSpan.Zero);
        }

        await work;
    }

    /// <summary>
    /// Whether the work is idle: it has not read the clock for some time. On a busy machine, one interval is not sufficient,
    /// because the work may not have run either; then several are required.
    /// </summary>
    private async Task<bool> IsQuietAsync(Task work)
    {
        long lookedAt = Interlocked.Read(ref _lookedAt);
        for (int busy = 0; busy < 20; busy++)
        {
            long started = Stopwatch.GetTimestamp();
            await Task.WhenAny(work, Task.Delay(IdleDelay));
            if (work.IsCompleted || lookedAt != Interlocked.Read(ref _lookedAt))
                return false;
            if (Stopwatch.GetElapsedTime(started) < IdleDelay + IdleDelay)
                return true;
        }

        return true;
    }

    private DateTimeOffset Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    private sealed class FakeTimer(FakeTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        internal DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref time._lookedAt);
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = time._now + dueTime;
                time._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        internal void Fire() => callback(state);
    }
}
