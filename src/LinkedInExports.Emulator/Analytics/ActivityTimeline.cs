using System.Buffers.Text;
using System.Text;
using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>
/// All activities of a contract, one for each interval since 2000. An activity is in every file whose closed range contains its
/// time. All values are derived from the seed, the contract and the number of the activity.
/// </summary>
internal sealed class ActivityTimeline
{
    /// <summary>The time of the first activity.</summary>
    public static readonly DateTime Start = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    public static readonly long StartMilliseconds = new DateTimeOffset(Start).ToUnixTimeMilliseconds();

    private const int NumberDigits = 12;

    private readonly long _contract;
    private readonly TimeSpan _interval;
    private readonly ulong _seats;
    private readonly LeadKeys _leads;
    private readonly byte[] _idPrefix;

    public ActivityTimeline(long contract, EmulatorOptions options)
    {
        _contract = contract;
        _interval = options.ActivityInterval;
        Key = RowHash.Mix((ulong)options.Seed) + ((ulong)contract << 40);
        _seats = RowHash.Next(Key);
        _leads = new LeadKeys(Key, options.QuotedActivities);
        _idPrefix = Encoding.ASCII.GetBytes($"act-{contract}-");
    }

    /// <summary>The base of the pseudo-random values of this contract.</summary>
    public ulong Key { get; }

    /// <summary>The number of activities after which the lengths of their values repeat.</summary>
    public int Period => _leads.Period;

    /// <summary>Gets the activities of a closed range in epoch milliseconds.</summary>
    public RowRange GetRange(long startAt, long endAt)
    {
        long interval = (long)_interval.TotalMilliseconds;
        long first = startAt <= StartMilliseconds ? 0 : (startAt - StartMilliseconds + interval - 1) / interval;
        long end = endAt < StartMilliseconds ? 0 : ((endAt - StartMilliseconds) / interval) + 1;
        return new(first, Math.Max(first, end));
    }

    public DateTime GetCreatedAt(long activity) => Start + (activity * _interval);

    public ActivityRow GetRow(long activity) =>
        new(
            $"act-{_contract}-{activity:D12}",
            ActivityTypes.Get(activity),
            GetCreatedAt(activity),
            GetSeatId(activity),
            _leads.GetValue(activity)
        );

    public IEnumerable<ActivityRow> GetRows(RowRange range)
    {
        for (long activity = range.First; activity < range.End; activity++)
            yield return GetRow(activity);
    }

    public long GetSeatId(long activity) =>
        SeatHolders.GetId(_contract, (int)RowHash.Scale(RowHash.Mix(_seats + (ulong)activity), SeatHolders.Count));

    public int WriteId(Span<byte> target, long activity)
    {
        _idPrefix.CopyTo(target);
        Utf8Formatter.TryFormat(activity, target[_idPrefix.Length..], out _, new('D', NumberDigits));
        return _idPrefix.Length + NumberDigits;
    }

    public int WriteLead(Span<byte> target, long activity) => _leads.Write(target, activity);
}
