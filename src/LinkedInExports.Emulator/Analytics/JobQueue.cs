namespace LinkedInExports.Emulator.Analytics;

/// <summary>The jobs of one action and contract: only one of them is processed at a time, in the order of creation.</summary>
internal sealed class JobQueue(EmulatorOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<QueueEntry> _entries = new();
    private DateTimeOffset _freeAt = DateTimeOffset.MinValue;

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    /// <summary>Puts a job at the end of the line.</summary>
    public QueueEntry Enqueue()
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            DateTimeOffset startsAt = _freeAt > now ? _freeAt : now;
            _freeAt = startsAt + options.ProcessingTime;
            var place = new QueueEntry(now, startsAt, _freeAt);
            if (options.ProcessingPolls is not null)
                _entries.Enqueue(place);
            return place;
        }
    }

    /// <summary>Where a job is, without counting as a status request.</summary>
    public JobPhase Peek(QueueEntry place)
    {
        lock (_lock)
            return GetPhase(place);
    }

    /// <summary>Where a job is. Only requests for the job that is being processed bring it forward.</summary>
    public JobPhase Poll(QueueEntry place)
    {
        lock (_lock)
        {
            JobPhase phase = GetPhase(place);
            if (phase == JobPhase.Processing)
                place.Polls++;
            return phase;
        }
    }

    private JobPhase GetPhase(QueueEntry place)
    {
        if (options.ProcessingPolls is not int needed)
        {
            DateTimeOffset now = Now;
            if (now < place.StartsAt)
                return JobPhase.Enqueued;
            return now < place.EndsAt ? JobPhase.Processing : JobPhase.Ended;
        }

        while (_entries.TryPeek(out QueueEntry? first) && (first.Polls >= needed || IsExpired(first)))
            _entries.Dequeue();
        if (!_entries.Contains(place))
            return JobPhase.Ended;
        return _entries.Peek() == place ? JobPhase.Processing : JobPhase.Enqueued;
    }

    // Nobody can ask for it any more, so it must not hold up the others for ever.
    private bool IsExpired(QueueEntry place) => Now - place.EnteredAt >= options.JobLifetime;

    /// <summary>One job in the line.</summary>
    internal sealed class QueueEntry(DateTimeOffset enteredAt, DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        public DateTimeOffset EnteredAt { get; } = enteredAt;

        public DateTimeOffset StartsAt { get; } = startsAt;

        public DateTimeOffset EndsAt { get; } = endsAt;

        public int Polls { get; set; }
    }
}
