using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Validation;

/// <summary>
/// All flagged records of a CRM instance, evenly distributed over time since 2002. A record is in every export whose closed
/// period contains its time. All values are derived from the seed, the CRM instance and the number of the record.
/// </summary>
internal sealed class ValidationTimeline
{
    /// <summary>The time of the first record. All later times have thirteen digits.</summary>
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

    /// <summary>Gets the newest records of a closed period in epoch milliseconds, up to the configured number.</summary>
    public RowRange GetRange(long startAt, long endAt)
    {
        if (_records == 0)
            return new(0, 0);
        long end = GetFirstAfter(endAt);
        long first = Math.Max(GetFirstAfter(startAt - 1), end - _records);
        return new(first, Math.Max(first, end));
    }

    /// <summary>Gets a number that is unique in the CRM instance.</summary>
    public ulong GetUniqueValue(long record) => RowHash.Mix(_key + (ulong)record);

    /// <summary>Gets the time when the record expired, in epoch milliseconds. Times increase with the record number.</summary>
    public long GetExpiredAt(long record)
    {
        // A pseudo-random time within the interval of the record.
        long from = GetSlotStart(record);
        return from + RowHash.Scale(RowHash.Next(GetUniqueValue(record)), Math.Max(1, GetSlotStart(record + 1) - from));
    }

    /// <summary>Gets the time when the record was flagged, in epoch milliseconds: within a second after it expired.</summary>
    public long GetCreatedAt(long record) =>
        GetExpiredAt(record) + 1 + RowHash.Scale(RowHash.Next(RowHash.Next(GetUniqueValue(record))), MaxDelay);

    private long GetSlotStart(long record) =>
        Start + (long)((UInt128)(ulong)record * (ulong)_ticksOfAll / (ulong)_records / TimeSpan.TicksPerMillisecond);

    private long GetFirstAfter(long time)
    {
        if (time < Start)
            return 0;
        var record = (long)((UInt128)(ulong)(time - Start) * TimeSpan.TicksPerMillisecond * (ulong)_records / (ulong)_ticksOfAll);

        // Because of rounding, the record can be a neighbor of the computed one.
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
