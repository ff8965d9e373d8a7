using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Quotas;

/// <summary>
/// LinkedIn's quotas for candidate resumes: records per minute, and requests per UTC day. A request with a valid token counts
/// even if it is malformed or has too many records. A request that exceeds a quota does not count against that
/// quota.
/// </summary>
internal sealed class EmulatedResumeQuota(EmulatorOptions options)
{
    private readonly Lock _lock = new();
    private Dictionary<DateOnly, long> _days = [];
    private SlidingWindowCounter _admittedRecords = new();
    private SlidingWindowCounter _arrived = new();
    private (DateTimeOffset Start, int Records) _minute;
    private long _records;
    private int _most;
    private long _refusedByMinute;
    private long _refusedByDay;

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    public QuotaUsage Use
    {
        get
        {
            lock (_lock)
            {
                return new()
                {
                    RequestsToday = _days.GetValueOrDefault(GetDay(Now)),
                    RequestsPerDay = new Dictionary<DateOnly, long>(_days),
                    Records = _records,
                    MostRecordsInOneMinute = _most,
                    RefusedByMinute = _refusedByMinute,
                    RefusedByDay = _refusedByDay,
                };
            }
        }
    }

    /// <summary>Counts a request. Returns an error if it exceeds the quota, or <c>null</c>.</summary>
    public EmulatorResponse? AdmitRequest(QuotaScope scope)
    {
        if (!options.DailyQuota.HasFlag(scope))
            return null;
        lock (_lock)
        {
            DateTimeOffset now = Now;
            DateOnly today = GetDay(now);
            long used = _days.GetValueOrDefault(today);
            if (used < options.RequestsPerDay)
            {
                _days[today] = used + 1;
                return null;
            }

            _refusedByDay++;
            return CreateRejection(new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) - now);
        }
    }

    /// <summary>Counts all records of a request. Returns an error if they exceed the quota, or <c>null</c>.</summary>
    public EmulatorResponse? AdmitRecords(int records)
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            _most = Math.Max(_most, _arrived.At(now) + records);
            _arrived.Add(now, records);

            TimeSpan? wait = options.QuotaWindow == QuotaWindow.Fixed ? WaitFixed(now, records) : WaitSliding(now, records);
            if (wait is { } refused)
            {
                _refusedByMinute++;
                return CreateRejection(refused);
            }

            _records += records;
            return null;
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            (_days, _admittedRecords, _arrived, _minute) = ([], new(), new(), default);
            (_records, _most, _refusedByMinute, _refusedByDay) = (0, 0, 0, 0);
        }
    }

    private TimeSpan? WaitFixed(DateTimeOffset now, int records)
    {
        var start = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        int used = _minute.Start == start ? _minute.Records : 0;
        if (used + records > options.RecordsPerMinute)
            return start.AddMinutes(1) - now;
        _minute = (start, used + records);
        return null;
    }

    private TimeSpan? WaitSliding(DateTimeOffset now, int records)
    {
        int over = _admittedRecords.At(now) + records - options.RecordsPerMinute;
        if (over > 0)
            return _admittedRecords.GetFreeTime(now, over) - now;
        _admittedRecords.Add(now, records);
        return null;
    }

    private EmulatorResponse CreateRejection(TimeSpan wait)
    {
        EmulatorResponse response = LinkedInError.Throttled();
        return options.QuotaRetryAfter == QuotaRetryAfter.None
            ? response
            : response.With(
                RetryAfter.Header,
                RetryAfter.Format(wait, options.QuotaRetryAfter == QuotaRetryAfter.Date, options.TimeProvider)
            );
    }

    private static DateOnly GetDay(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
