namespace LinkedInExports.Emulator.Resumes;

/// <summary>The pending faults of records in batches. If several match a record, the first added is applied.</summary>
public sealed class ResumeFaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>Adds a fault after the existing ones.</summary>
    public void Add(ResumeFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fault.Every);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fault.Times);
        lock (_lock)
            _entries.Add(new Entry(fault));
    }

    /// <summary>Removes all faults.</summary>
    public void Clear()
    {
        lock (_lock)
            _entries.Clear();
    }

    /// <summary>The faults that can still be applied, with their remaining counts.</summary>
    internal IReadOnlyList<ResumeFault> Pending
    {
        get
        {
            lock (_lock)
                return [.. _entries.Select(entry => entry.Fault with { Times = entry.Times })];
        }
    }

    internal ResumeFault? NextFault(EmulatedResumeKey key)
    {
        lock (_lock)
        {
            if (_entries.Count == 0)
                return null;
            Entry? main = null;
            foreach (Entry entry in _entries)
            {
                if (entry.Fault.Matches(key) && ++entry.MatchCount % entry.Fault.Every == 0)
                    main ??= entry;
            }

            if (main is null)
                return null;
            if (main.Times != int.MaxValue && --main.Times == 0)
                _entries.Remove(main);
            return main.Fault;
        }
    }

    private sealed class Entry(ResumeFault fault)
    {
        public ResumeFault Fault { get; } = fault;

        public long MatchCount { get; set; }

        public int Times { get; set; } = fault.Times;
    }
}
