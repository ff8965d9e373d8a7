namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// A simulated clock that advances to the next timer when all threads are idle, so that hours pass in seconds.
/// </summary>
internal sealed class BenchmarkTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly object _gate = new();
    private readonly PriorityQueue<SimulatedTimer, DateTimeOffset> _timers = new();
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs the work until it is complete.</summary>
    /// <returns>The maximum number of threads that were busy at the same time.</returns>
    internal async Task<int> RunAsync(Func<Task> work)
    {
        Task running = Task.Run(work);
        int most = 0;

        // Not a thread of the pool, whose threads are monitored.
        var driver = new Thread(() =>
        {
            while (!running.IsCompleted)
            {
                int busy = Busy();
                most = Math.Max(most, busy);
                if (busy > 0 || !Step())
                    Thread.Yield();
            }
        });
        driver.Start();
        await running;
        driver.Join();
        return most;
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out int all, out _);
        ThreadPool.GetAvailableThreads(out int available, out _);
        return all - available + (int)Math.Min(ThreadPool.PendingWorkItemCount, int.MaxValue / 2);
    }

    private bool Step()
    {
        SimulatedTimer? next;
        lock (_gate)
        {
            do
            {
                if (!_timers.TryDequeue(out next, out DateTimeOffset due))
                    return false;
                if (next.Due == due && due > _now)
                    _now = due;
                else if (next.Due != due)
                    next = null; // It was changed or disposed in the meantime.
            } while (next is null);
            next.Due = null;
        }

        next.Fire();
        return true;
    }

    private sealed class SimulatedTimer(BenchmarkTimeProvider time, Action fire) : ITimer
    {
        internal DateTimeOffset? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
                if (Due is { } due)
                    time._timers.Enqueue(this, due);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
                Due = null;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        internal void Fire() => fire();
    }
}
