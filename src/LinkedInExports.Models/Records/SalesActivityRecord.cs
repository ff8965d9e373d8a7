namespace LinkedInExports;

/// <summary>
/// An activity of a seat holder: a row of an activity export. A property is null if the file does not have the column.
/// </summary>
public class SalesActivityRecord : ExportRecord
{
    /// <summary>The value for a missing time or seat.</summary>
    internal const long Missing = long.MinValue;

    // The fields are compact to save memory.
    private readonly Utf8Text _memberIdentityKey;
    private readonly long _createdAtTicks;
    private readonly long _seatId;

    /// <summary>Initializes a record, with null for missing columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The seat is <see cref="long.MinValue"/>.</exception>
    public SalesActivityRecord(
        string? activityId,
        string? activityType,
        DateTimeOffset? createdAt,
        long? seatId,
        string? memberIdentityKey
    )
        : this(
            new RecordId(activityId),
            activityType,
            createdAt?.UtcTicks ?? Missing,
            seatId == Missing ? throw new ArgumentOutOfRangeException(nameof(seatId)) : seatId ?? Missing,
            new Utf8Text(memberIdentityKey)
        ) { }

    internal SalesActivityRecord(
        RecordId activityId,
        string? activityType,
        long createdAtTicks,
        long seatId,
        Utf8Text memberIdentityKey
    )
        : base(activityId)
    {
        ActivityType = activityType;
        _createdAtTicks = createdAtTicks;
        _seatId = seatId;
        _memberIdentityKey = memberIdentityKey;
    }

    /// <summary>The id of the activity. Exports with overlapping periods contain the same activities.</summary>
    public string? ActivityId => Id;

    /// <summary>The type of the activity, for example <c>SAVED_LEAD</c> or <c>INMAIL_SENT</c>. Other values are kept.</summary>
    public string? ActivityType { get; }

    /// <summary>The time of the activity, in UTC, in whole seconds.</summary>
    public DateTimeOffset? CreatedAt => _createdAtTicks == Missing ? null : new DateTimeOffset(_createdAtTicks, TimeSpan.Zero);

    /// <summary>The seat of the member who acted.</summary>
    public long? SeatId => _seatId == Missing ? null : _seatId;

    /// <summary>The lead, or null for activities without one.</summary>
    public string? MemberIdentityKey => _memberIdentityKey.ToString();

    /// <inheritdoc/>
    public override string ToString() => $"{ActivityType} {ActivityId}";
}
