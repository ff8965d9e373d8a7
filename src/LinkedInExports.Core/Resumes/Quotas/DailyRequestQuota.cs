using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Quotas.Shared;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>
/// Counts the requests of a day. Days are those of LinkedIn's clock and begin at 00:00 UTC. A request near midnight counts
/// for each day on which LinkedIn may have received it.
/// </summary>
/// <param name="requestsPerDay">The number of requests that a day allows.</param>
/// <param name="clock">LinkedIn's clock.</param>
/// <param name="time">The local clock, for waiting.</param>
/// <param name="allowance">The requests that this process may send, if other processes use the same application.</param>
internal sealed class DailyRequestQuota(
    int requestsPerDay,
    ServerClock clock,
    TimeProvider time,
    RequestAllowance? allowance = null
)
{
    /// <summary>
    /// Requests that are saved ahead: a crash loses at most this many, at the cost of one write for as many requests.
    /// </summary>
    private const int WriteAheadCount = 100;

    private readonly object _gate = new();

    // Never pruned: the server's date may move in either direction.
    private readonly Dictionary<long, int> _used = [];
    private readonly DailyRequestQuota? _parent;
    private readonly IQuotaStore? _store;
    private (long Day, int Count) _saved;
    private long _exhaustedDay;
    private int _reserved;
    private int _reservedForBatches;

    /// <summary>Creates a quota that is saved. Its requests also count for a parent quota.</summary>
    /// <param name="parent">The quota of the connection.</param>
    /// <param name="store">The store of the usage, also of earlier processes.</param>
    internal DailyRequestQuota(DailyRequestQuota parent, IQuotaStore store)
        : this(parent.RequestsPerDay, parent.Clock, parent.Time)
    {
        _parent = parent;
        _store = store;
        foreach ((long day, int requests) in store.SavedUsage)
            _used[day] = Math.Max(Used(day), requests);
    }

    internal int RequestsPerDay => requestsPerDay;

    private ServerClock Clock => clock;

    private TimeProvider Time => time;

    /// <summary>Whether to wait for the next day when the requests of a day are used up. The alternative is an error.</summary>
    internal bool WaitsForNextDay { get; init; }

    /// <summary>The requests sent on the current day, also by other processes.</summary>
    internal int UsedToday
    {
        get
        {
            lock (_gate)
                return Math.Max(Used(clock.Day), allowance?.GetUsed(clock.Day) ?? 0);
        }
    }

    /// <summary>The time at which LinkedIn begins to count the next day.</summary>
    internal DateTimeOffset NextDay => ServerClock.GetStartOfDay(clock.Day + 1);

    /// <summary>Sets the number of requests that are reserved for batches, so that uploads cannot use them.</summary>
    internal void SetReservedForBatches(int requests)
    {
        lock (_gate)
            _reservedForBatches = requests;
    }

    /// <summary>Reserves requests that are useful only together.</summary>
    /// <param name="requests">The number of requests.</param>
    /// <param name="diagnostics">Receives a message if it waits for the next day.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The reservation. Disposing it releases the unused requests.</returns>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.DailyQuotaExceeded"/>.</exception>
    internal async Task<Reservation> ReserveAsync(int requests, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        await WaitUntilAsync(() => TryReserve(requests), diagnostics, cancellationToken).ConfigureAwait(false);
        return new Reservation(this, requests);
    }

    /// <summary>Counts one request, right before it is sent.</summary>
    /// <param name="reservation">The reservation that the request belongs to, or null.</param>
    /// <param name="diagnostics">Receives a message if it waits for the next day.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The day that the request was counted for; pass it to <see cref="RecordResponse"/>.</returns>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.DailyQuotaExceeded"/>.</exception>
    internal async Task<long> AcquireAsync(
        Reservation? reservation,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        long? day = null;
        await WaitUntilAsync(() => (day = TryAcquire(reservation)) is not null, diagnostics, cancellationToken)
            .ConfigureAwait(false);
        return day!.Value;
    }

    /// <summary>
    /// Records the end of a request, which LinkedIn may have counted for another day than the one on which it began.
    /// </summary>
    /// <param name="day">The day that <see cref="AcquireAsync"/> returned.</param>
    /// <param name="date">The date of the response; null for the current time.</param>
    internal void RecordResponse(long day, DateTimeOffset? date = null)
    {
        lock (_gate)
        {
            long responseDay = date is { } known ? ServerClock.GetDay(known) : clock.Day;
            if (responseDay != day)
            {
                Count(responseDay);
                allowance?.Add(responseDay, 1);
            }
        }

        _parent?.RecordResponse(day, date);
    }

    /// <summary>Records that LinkedIn allows no more requests today, regardless of the counted ones.</summary>
    internal void MarkExhausted()
    {
        lock (_gate)
        {
            long day = clock.Day;
            _used[day] = Math.Max(Used(day), requestsPerDay);
            Save(day, _used[day]);
            allowance?.Add(day, requestsPerDay);
        }

        _parent?.MarkExhausted();
    }

    /// <summary>Saves the exact number of requests, at the end of a run or of its removals.</summary>
    internal void Flush()
    {
        lock (_gate)
        {
            if (_saved.Count > 0)
                Save(_saved.Day, _saved.Day == _exhaustedDay ? requestsPerDay : Used(_saved.Day));
            allowance?.Return();
        }

        _parent?.Flush();
    }

    internal LinkedInException CreateExhaustedException() =>
        new(
            LinkedInErrorId.DailyQuotaExceeded,
            $"The {requestsPerDay} requests of the day are used. LinkedIn allows more from {NextDay:yyyy-MM-dd HH:mm} UTC."
        )
        {
            RetryAfter = NextDay - clock.Now,
        };

    private async Task WaitUntilAsync(Func<bool> isAllowed, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        while (!isAllowed())
        {
            if (!WaitsForNextDay)
                throw CreateExhaustedException();
            diagnostics.Verbose($"The day's {requestsPerDay} requests are used; continuing at {NextDay:yyyy-MM-dd HH:mm} UTC.");
            await ThrottledWait
                .RunAsync(ThrottleReason.RequestsPerDay, time.DelayAsync(NextDay - clock.Now, cancellationToken))
                .ConfigureAwait(false);
        }
    }

    private bool TryReserve(int requests)
    {
        lock (_gate)
        {
            if (!HasRoom(requests + _reservedForBatches))
                return false;
            if (_parent?.TryHold(_reserved + requests + _reservedForBatches) == false)
            {
                SaveExhausted(clock.Day);
                return false;
            }

            _reserved += requests;
            return true;
        }
    }

    /// <returns>The day, or null if it has no requests left.</returns>
    private long? TryAcquire(Reservation? reservation)
    {
        lock (_gate)
        {
            long day = clock.Day;
            bool isReserved = reservation is { Left: > 0 };
            if (isReserved)
                _reserved--;
            if (!HasRoom(1) || !TryAcquireShared(day))
            {
                if (isReserved)
                    _reserved++;
                return null;
            }

            if (isReserved)
                reservation!.Left--;
            Count(day);
            return day;
        }
    }

    /// <summary>Acquires the request from what the runs of a connection, or the processes of a machine, share.</summary>
    private bool TryAcquireShared(long day)
    {
        if (allowance?.TryUse(day, requestsPerDay) == false)
            return false;
        if (_parent is null || _parent.TryAcquire(null) is not null)
            return true;
        SaveExhausted(day);
        return false;
    }

    /// <summary>Others have used the requests of the day. The store has to know, so that the next run is not too early.</summary>
    private void SaveExhausted(long day)
    {
        _exhaustedDay = day;
        Save(day, requestsPerDay);
    }

    private bool HasRoom(int requests) => Used(clock.Day) + _reserved + requests <= requestsPerDay;

    /// <summary>Keeps requests of the day for a run, so that other processes cannot use them.</summary>
    private bool TryHold(int requests)
    {
        lock (_gate)
            return HasRoom(requests) && allowance?.TryHold(clock.Day, requestsPerDay, requests) != false;
    }

    private void Count(long day)
    {
        int used = Used(day) + 1;
        if (_saved.Day != day || used > _saved.Count)
            Save(day, Math.Min(used - 1 + WriteAheadCount, Math.Max(used, requestsPerDay)));

        _used[day] = used;
    }

    private void Save(long day, int count)
    {
        if (_store is null)
            return;
        _store.SaveUsage(day, count, requestsPerDay);
        _saved = (day, count); // After the write, which may fail.
    }

    private int Used(long day) => _used.TryGetValue(day, out int used) ? used : 0;

    /// <summary>Requests that are reserved for one purpose.</summary>
    internal sealed class Reservation(DailyRequestQuota quota, int requests) : IDisposable
    {
        internal int Left { get; set; } = requests;

        public void Dispose()
        {
            lock (quota._gate)
            {
                quota._reserved -= Left;
                Left = 0;
            }
        }
    }
}
