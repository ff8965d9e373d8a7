namespace LinkedInExports;

/// <summary>
/// An activity of a seat holder: one row of an activity export. A property is null if the file lacks its column.
/// </summary>
public class SalesActivityRecord
{
    /// <summary>Stands for a time or a seat that the file lacks.</summary>
    internal const long Missing = long.MinValue;

    // Small, as people hold millions of these.
    private readonly Utf8Text _activityId;
    private readonly Utf8Text _memberIdentityKey;
    private readonly long _createdAtTicks;
    private readonly long _seatId;

    /// <summary>A record; null for columns that the file lacks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The seat is the smallest number there is.</exception>
    public SalesActivityRecord(
        string? activityId,
        string? activityType,
        DateTimeOffset? createdAt,
        long? seatId,
        string? memberIdentityKey
    )
        : this(
            new Utf8Text(activityId),
            activityType,
            createdAt?.UtcTicks ?? Missing,
            seatId == Missing ? throw new ArgumentOutOfRangeException(nameof(seatId)) : seatId ?? Missing,
            new Utf8Text(memberIdentityKey)
        ) { }

    internal SalesActivityRecord(
        Utf8Text activityId,
        string? activityType,
        long createdAtTicks,
        long seatId,
        Utf8Text memberIdentityKey
    )
    {
        _activityId = activityId;
        ActivityType = activityType;
        _createdAtTicks = createdAtTicks;
        _seatId = seatId;
        _memberIdentityKey = memberIdentityKey;
    }

    /// <summary>The id of the activity. Exports whose periods overlap have it twice.</summary>
    public string? ActivityId => _activityId.ToString();

    /// <summary>What was done, for example <c>SAVED_LEAD</c> or <c>INMAIL_SENT</c>; any other word is kept.</summary>
    public string? ActivityType { get; }

    /// <summary>When it was done, UTC, to the second.</summary>
    public DateTimeOffset? CreatedAt => _createdAtTicks == Missing ? null : new DateTimeOffset(_createdAtTicks, TimeSpan.Zero);

    /// <summary>The seat holder who did it.</summary>
    public long? SeatId => _seatId == Missing ? null : _seatId;

    /// <summary>The lead concerned; null where there is none.</summary>
    public string? MemberIdentityKey => _memberIdentityKey.ToString();

    /// <inheritdoc/>
    public override string ToString() => $"{ActivityType} {ActivityId}";
}
