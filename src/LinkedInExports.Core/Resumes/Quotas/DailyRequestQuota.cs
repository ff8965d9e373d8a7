using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>
/// The requests of a day. Days are LinkedIn's, from 00:00 UTC by its clock; a request near midnight counts for each day
/// that LinkedIn may have seen it on.
/// </summary>
/// <param name="requestsPerDay">The most requests a day.</param>
/// <param name="clock">LinkedIn's clock.</param>
/// <param name="time">Ours.</param>
/// <param name="whole">A budget that this one is a part of, or null.</param>
internal sealed class DailyRequestQuota(int requestsPerDay, ServerClock clock, TimeProvider time, DailyRequestQuota? whole = null)
{
    /// <summary>So few that a crash wastes little, so many that writing them down costs little.</summary>
    private const int WrittenAhead = 100;

    private readonly object _gate = new();
    // None is forgotten: a clock may be set to any day, and back.
    private readonly Dictionary<long, int> _used = [];
    private (long Day, int Count) _written;
    private int _promised;

    internal int RequestsPerDay => requestsPerDay;

    /// <summary>
    /// Writes down that on a day so many requests may have been sent. Called with the number before it is reached, so that
    /// no crash makes requests unsent.
    /// </summary>
    internal Action<long, int>? Reserve { get; set; }

    /// <summary>Whether to wait for the next day instead of failing.</summary>
    internal bool Waits { get; set; }

    /// <summary>Requests that no promise may take: they are for what is more urgent.</summary>
    internal Func<int> Kept { get; set; } = () => 0;

    /// <summary>The requests sent on the current day.</summary>
    internal int UsedToday
    {
        get
        {
            lock (_gate)
                return Used(clock.Day);
        }
    }

    /// <summary>When LinkedIn begins to count anew.</summary>
    internal DateTimeOffset NextDay => ServerClock.StartOf(clock.Day + 1);

    /// <summary>Takes into account what earlier processes sent on a day.</summary>
    internal void Recall(long day, int count)
    {
        lock (_gate)
            _used[day] = Math.Max(Used(day), count);
    }

    /// <summary>Promises requests that only make sense together, waiting for the next day where that is wanted.</summary>
    /// <param name="requests">How many.</param>
    /// <param name="messages">Hears of the waiting.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <returns>Spend from it; what is left when it is disposed is for others.</returns>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.DailyLimitReached"/>.</exception>
    internal async Task<Reservation> PromiseAsync(int requests, IMessages messages, CancellationToken cancellation)
    {
        await WhenAllowedAsync(
            () =>
            {
                lock (_gate)
                {
                    if (!HasRoom(requests + Kept()))
                        return false;
                    _promised += requests;
                    return true;
                }
            },
            messages,
            cancellation).ConfigureAwait(false);
        return new Reservation(this, requests);
    }

    /// <summary>Takes one request from the budget of the day, waiting for the next where that is wanted.</summary>
    /// <param name="promise">Where it was promised, if it was.</param>
    /// <param name="messages">Hears of the waiting.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <returns>The day it was taken from, for <see cref="Answered"/>.</returns>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.DailyLimitReached"/>.</exception>
    internal async Task<long> SpendAsync(Reservation? promise, IMessages messages, CancellationToken cancellation)
    {
        long? day = null;
        await WhenAllowedAsync(() => (day = TrySpend(promise)) is not null, messages, cancellation).ConfigureAwait(false);
        return day!.Value;
    }

    /// <summary>Says that a request got its answer, or never will: it may have counted for another day than the one it began on.</summary>
    /// <param name="day">That day.</param>
    /// <param name="date">The answer's own date; null without one, and then it is the day that it is now.</param>
    internal void Answered(long day, DateTimeOffset? date = null)
    {
        lock (_gate)
        {
            long answeredOn = date is { } known ? ServerClock.DayOf(known) : clock.Day;
            if (answeredOn != day)
                Count(answeredOn);
        }

        whole?.Answered(day, date);
    }

    /// <summary>LinkedIn says that there is nothing left today, whatever was counted here.</summary>
    internal void Exhaust()
    {
        lock (_gate)
        {
            long day = clock.Day;
            _used[day] = Math.Max(Used(day), requestsPerDay);
            Write(day, _used[day]);
        }

        whole?.Exhaust();
    }

    /// <summary>Writes the exact number down, at the end.</summary>
    internal void Settle()
    {
        lock (_gate)
        {
            if (_written.Count > 0)
                Reserve?.Invoke(_written.Day, Used(_written.Day));
        }
    }

    internal LinkedInException Exhausted() =>
        new(
            LinkedInErrorId.DailyLimitReached,
            $"The {requestsPerDay} requests of the day are used up. LinkedIn counts anew from {NextDay:yyyy-MM-dd HH:mm} UTC on.")
        { RetryAfter = NextDay - clock.Now };

    private async Task WhenAllowedAsync(Func<bool> isAllowed, IMessages messages, CancellationToken cancellation)
    {
        while (!isAllowed())
        {
            if (!Waits)
                throw Exhausted();
            messages.Verbose($"The day's {requestsPerDay} requests are used up; going on at {NextDay:yyyy-MM-dd HH:mm} UTC.");
            await time.Delay(NextDay - clock.Now, cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>The day, or null when it has no requests left.</returns>
    private long? TrySpend(Reservation? promise)
    {
        lock (_gate)
        {
            bool isPromised = promise is { Left: > 0 };
            if (isPromised)
                _promised--;
            if (!HasRoom(1) || (whole is not null && whole.TrySpend(null) is null))
            {
                if (isPromised)
                    _promised++;
                return null;
            }

            if (isPromised)
                promise!.Left--;
            long day = clock.Day;
            Count(day);
            return day;
        }
    }

    private bool HasRoom(int requests) => Used(clock.Day) + _promised + requests <= requestsPerDay;

    private void Count(long day)
    {
        int used = Used(day) + 1;
        if (_written.Day != day || used > _written.Count)
            Write(day, Math.Min(used - 1 + WrittenAhead, Math.Max(used, requestsPerDay)));

        _used[day] = used;
    }

    private void Write(long day, int count)
    {
        if (Reserve is null)
            return;
        Reserve(day, count);
        _written = (day, count); // Not before: what could not be written is not.
    }

    private int Used(long day) => _used.TryGetValue(day, out int used) ? used : 0;

    /// <summary>Requests that nobody else takes.</summary>
    internal sealed class Reservation(DailyRequestQuota budget, int requests) : IDisposable
    {
        internal int Left { get; set; } = requests;

        public void Dispose()
        {
            lock (budget._gate)
            {
                budget._promised -= Left;
                Left = 0;
            }
        }
    }
}
