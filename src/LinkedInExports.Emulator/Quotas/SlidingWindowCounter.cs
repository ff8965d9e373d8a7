namespace LinkedInExports.Emulator.Quotas;

/// <summary>Counts the records of the last 60 seconds.</summary>
internal sealed class SlidingWindowCounter
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset At, int Records)> _arrivals = new();
    private int _sum;

    public int At(DateTimeOffset now)
    {
        while (_arrivals.TryPeek(out (DateTimeOffset At, int Records) first) && first.At + Length <= now)
        {
            _sum -= first.Records;
            _arrivals.Dequeue();
        }

        return _sum;
    }

    public void Add(DateTimeOffset now, int records)
    {
        _arrivals.Enqueue((now, records));
        _sum += records;
    }

    /// <summary>Gets the time when this many of the counted records are older than 60 seconds.</summary>
    public DateTimeOffset GetFreeTime(DateTimeOffset now, int records)
    {
        foreach ((DateTimeOffset at, int freed) in _arrivals)
        {
            records -= freed;
            if (records <= 0)
                return at + Length;
        }

        return now + Length;
    }
}
