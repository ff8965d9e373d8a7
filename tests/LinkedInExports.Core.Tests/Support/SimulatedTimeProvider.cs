namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// A clock for simulations of weeks: it jumps to the next timer as soon as the thread pool is idle. For tests that don't
/// run in parallel to others (<see cref="Alone"/>), and for work that waits only for this clock.
/// </summary>
internal sealed class SimulatedTimeProvider(DateTimeOffset now) : TimeProvider
{
    /// <summary>The number of milliseconds without a timer after which the work is stuck.</summary>
    private const int MaxWait = 10_000;

    private static int _knownOthers;

    private readonly object _gate = new();
    private readonly PriorityQueue<(SimulatedTimer Timer, int Version), (long Due, long Number)> _timers = new();
    private readonly DateTimeOffset _start = now;
    private long _elapsed;
    private long _number;
    private long _set;
    private int _others;

    internal SimulatedTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero)) { }

    /// <summary>The number of jumps of the clock.</summary>
    internal long Jumps { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The time since the start, independent of <see cref="Set"/>.</summary>
    internal TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _elapsed));

    public override DateTimeOffset GetUtcNow() => _start + Elapsed + TimeSpan.FromTicks(Volatile.Read(ref _set));

    public override long GetTimestamp() => Volatile.Read(ref _elapsed);

    /// <summary>Sets the clock of the machine. Timers and time stamps are not affected.</summary>
    internal void Set(TimeSpan by) => Interlocked.Add(ref _set, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal Task Delay(int milliseconds) => Task.Delay(TimeSpan.FromMilliseconds(milliseconds), this);

    internal async Task RunAsync(Func<Task> work)
    {
        // On a separate thread, which doesn't count as work of the thread pool.
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                _others = CountOthers();
                Drive(Task.Run(work));
                done.SetResult();
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
        }.Start();
        await done.Task;
    }

    private void Drive(Task work)
    {
        int patience = MaxWait;
        while (true)
        {
            WaitUntilIdle(work);
            if (work.IsCompleted)
            {
                work.GetAwaiter().GetResult();
                return;
            }

            if (FireNext())
                patience = MaxWait;
            else if (patience-- == 0)
                throw new InvalidOperationException("The work waits for something else than this clock.");
            else
                Thread.Sleep(1);
        }
    }

    private void WaitUntilIdle(Task work)
    {
        // Twice, because a thread counts as busy before it removes its work from the queue.
        var spinner = default(SpinWait);
        for (int looks = 0; looks < 2 && !work.IsCompleted; )
        {
            int busy = Busy();
            _others = Math.Min(_others, busy);
            if (
                ThreadPool.PendingWorkItemCount == 0
                && busy <= _others
                && Busy() <= _others
                && ThreadPool.PendingWorkItemCount == 0
            )
            {
                looks++;
            }
            else
            {
                looks = 0;
                spinner.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>
    /// Counts the threads that the test host uses. A later run waits this long only if there are more of them.
    /// </summary>
    private static int CountOthers()
    {
        int least = Busy();
        for (int look = 0; look < 200 && least > _knownOthers; look++)
        {
            Thread.Sleep(1);
            least = Math.Min(least, Busy());
        }

        return _knownOthers = least;
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        ThreadPool.GetAvailableThreads(out int available, out _);
        return most - available;
    }

    private bool FireNext()
    {
        SimulatedTimer next;
        lock (_gate)
        {
            while (true)
            {
                if (!_timers.TryDequeue(out (SimulatedTimer Timer, int Version) entry, out (long Due, long Number) at))
                    return false;
                if (entry.Timer.Version != entry.Version)
                    continue; // Changed or disposed since.
                next = entry.Timer;
                _elapsed = Math.Max(_elapsed, at.Due);
                Jumps++;
                break;
            }
        }

        next.Fire();
        return true;
    }

    private sealed class SimulatedTimer(SimulatedTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        internal int Version { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Version++;
                if (dueTime != Timeout.InfiniteTimeSpan)
                    time._timers.Enqueue((this, Version), (time._elapsed + dueTime.Ticks, time._number++));
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate)
                Version++;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        internal void Fire() => callback(state);
    }
}

/// <summary>The tests that don't run in parallel to others.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
