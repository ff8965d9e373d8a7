namespace LinkedInExports.Emulator.Faults;

/// <summary>
/// The pending faults. If several match a request, the first added is applied and the others are kept. Latency is added to
/// other faults. <see cref="Fault.Skip"/> counts all matching requests since the fault was added.
/// </summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly TimeProvider _clock;

    internal FaultPlan(TimeProvider clock)
    {
        _clock = clock;
    }

    /// <summary>Adds a fault after the existing ones.</summary>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fault.Times);
        ArgumentOutOfRangeException.ThrowIfNegative(fault.Skip);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.After, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.For ?? default, TimeSpan.Zero);
        fault.Rewrite?.Validate();
        lock (_lock)
            _entries.Add(new Entry(fault, _clock.GetUtcNow() + fault.After));
    }

    /// <summary>Removes all faults. Faults of requests in progress still apply.</summary>
    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }

    /// <summary>The faults that can still be applied, with their remaining counts.</summary>
    internal IReadOnlyList<Fault> Pending
    {
        get
        {
            lock (_lock)
            {
                DateTimeOffset now = _clock.GetUtcNow();
                return
                [
                    .. _entries
                        .Where(entry => !entry.IsExpiredAt(now))
                        .Select(entry => entry.Fault with { Skip = entry.Skip, Times = entry.Times }),
                ];
            }
        }
    }

    internal AppliedFaults NextFault(string method, string path)
    {
        TimeSpan delay = TimeSpan.Zero;
        Fault? main = null;
        List<string> names = [];
        lock (_lock)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            _entries.RemoveAll(entry => entry.IsExpiredAt(now));
            foreach (Entry entry in _entries.Where(entry => now >= entry.Begin && entry.Fault.Matches(method, path)))
            {
                bool isLatency = entry.Fault.Kind == FaultKind.Latency;
                if (entry.Skip > 0)
                {
                    entry.Skip--;
                    continue;
                }

                if (!isLatency && main is not null)
                    continue;
                if (entry.Times != int.MaxValue && entry.Fault.For is null)
                    entry.Times--;
                if (isLatency)
                    delay += entry.Fault.Delay;
                else
                    main = entry.Fault;
                names.Add(entry.Fault.Kind.ToString());
            }

            _entries.RemoveAll(entry => entry.Times <= 0);
        }

        return new(delay, main, names.Count == 0 ? null : string.Join('+', names));
    }

    private sealed class Entry(Fault fault, DateTimeOffset begin)
    {
        public Fault Fault { get; } = fault;

        public DateTimeOffset Begin { get; } = begin;

        public int Skip { get; set; } = fault.Skip;

        public int Times { get; set; } = fault.Times;

        public bool IsExpiredAt(DateTimeOffset now) => now - Begin >= Fault.For;
    }
}
