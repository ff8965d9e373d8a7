using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Validation;

/// <summary>
/// All records of a CRM instance that LinkedIn flags, evenly over time from 2002 on. Jobs are windows on it: the same record is
/// in every export whose period has its time, both ends included. Everything comes from (seed, CRM instance, number) alone.
/// </summary>
internal sealed class ValidationTimeline
{
    /// <summary>There are no records before. All times since have thirteen digits.</summary>
    public static readonly long Start = new DateTimeOffset(2002, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private const int MaxDelay = 1000;

    private readonly long _records;
    private readonly long _ticksOfAll;
    private readonly ulong _key;

    public ValidationTimeline(EmulatedCrmInstance crm, EmulatorOptions options)
    {
        _records = options.Parts * options.RowsPerPart;
        _ticksOfAll = options.RowsPeriod.Ticks;
        _key = RowHash.Mix((ulong)options.Seed) + (RowHash.Mix(Hash(crm)) << 40);
    }

    /// <summary>The newest records of a closed period in epoch milliseconds, at most those of the options.</summary>
    public RowRange GetRange(long startAt, long endAt)
    {
        if (_records == 0)
            return new(0, 0);
        long end = GetFirstAfter(endAt);
        long first = Math.Max(GetFirstAfter(startAt - 1), end - _records);
        return new(first, Math.Max(first, end));
    }

    /// <summary>A number that no other record of the instance has.</summary>
    public ulong GetUniqueValue(long record) => RowHash.Mix(_key + (ulong)record);

    /// <summary>When the record expired, epoch milliseconds; never earlier than that of the record before.</summary>
    public long GetExpiredAt(long record)
    {
        // Somewhere in the part of time that is the record's own.
        long from = GetSlotStart(record);
        return from + RowHash.Scale(RowHash.Next(GetUniqueValue(record)), Math.Max(1, GetSlotStart(record + 1) - from));
    }

    /// <summary>When it was flagged, epoch milliseconds: within a second after it expired.</summary>
    public long GetCreatedAt(long record) =>
        GetExpiredAt(record) + 1 + RowHash.Scale(RowHash.Next(RowHash.Next(GetUniqueValue(record))), MaxDelay);

    private long GetSlotStart(long record) =>
        Start + (long)((UInt128)(ulong)record * (ulong)_ticksOfAll / (ulong)_records / TimeSpan.TicksPerMillisecond);

    private long GetFirstAfter(long time)
    {
        if (time < Start)
            return 0;
        var record = (long)((UInt128)(ulong)(time - Start) * TimeSpan.TicksPerMillisecond * (ulong)_records / (ulong)_ticksOfAll);

        // A neighbour of the one that is looked for, because of roundings.
        while (record > 0 && GetExpiredAt(record - 1) > time)
            record--;
        while (GetExpiredAt(record) <= time)
            record++;
        return record;
    }

    // FNV-1a
    private static ulong Hash(EmulatedCrmInstance crm)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in $"{crm.Key},{crm.Id}")
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
