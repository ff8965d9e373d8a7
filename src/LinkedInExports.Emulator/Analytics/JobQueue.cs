namespace LinkedInExports.Emulator.Analytics;

/// <summary>The jobs of one action and contract, which are processed one at a time in the order of creation.</summary>
internal sealed class JobQueue(EmulatorOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<QueueEntry> _entries = new();
    private DateTimeOffset _freeAt = DateTimeOffset.MinValue;

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    /// <summary>Adds a job.</summary>
    public QueueEntry Enqueue()
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            DateTimeOffset startsAt = _freeAt > now ? _freeAt : now;
            _freeAt = startsAt + options.ProcessingTime;
            var entry = new QueueEntry(now, startsAt, _freeAt);
            if (options.ProcessingPolls is not null)
                _entries.Enqueue(entry);
            return entry;
        }
    }

    /// <summary>Gets the phase of a job without counting a status request.</summary>
    public JobPhase Peek(QueueEntry entry)
    {
        lock (_lock)
            return GetPhase(entry);
    }

    /// <summary>Counts a status request and gets the phase. Only requests for the job in processing count.</summary>
    public JobPhase Poll(QueueEntry entry)
    {
        lock (_lock)
        {
            JobPhase phase = GetPhase(entry);
            if (phase == JobPhase.Processing)
                entry.Polls++;
            return phase;
        }
    }

    private JobPhase GetPhase(QueueEntry entry)
    {
        if (options.ProcessingPolls is not int needed)
        {
            DateTimeOffset now = Now;
            if (now < entry.StartsAt)
                return JobPhase.Enqueued;
            return now < entry.EndsAt ? JobPhase.Processing : JobPhase.Ended;
        }

        while (_entries.TryPeek(out QueueEntry? first) && (first.Polls >= needed || IsExpired(first)))
            _entries.Dequeue();
        if (!_entries.Contains(entry))
            return JobPhase.Ended;
        return _entries.Peek() == entry ? JobPhase.Processing : JobPhase.Enqueued;
    }

    // The job expired and gets no more status requests, so it must not block the next one.
    private bool IsExpired(QueueEntry entry) => Now - entry.EnteredAt >= options.JobLifetime;

    /// <summary>A job in the queue.</summary>
    internal sealed class QueueEntry(DateTimeOffset enteredAt, DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        public DateTimeOffset EnteredAt { get; } = enteredAt;

        public DateTimeOffset StartsAt { get; } = startsAt;

        public DateTimeOffset EndsAt { get; } = endsAt;

        public int Polls { get; set; }
    }
}
