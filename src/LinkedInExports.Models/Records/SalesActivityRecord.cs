namespace LinkedInExports;

/// <summary>Something that a seat holder did: one row of an activity export.</summary>
public class SalesActivityRecord
{
    // Small, as people hold millions of these.
    private readonly RecordText _activityId;
    private readonly RecordText _memberIdentityKey;
    private readonly long _createdAtTicks;

    /// <summary>A record with all its documented columns.</summary>
    public SalesActivityRecord(string activityId, string activityType, DateTimeOffset createdAt, long seatId, string? memberIdentityKey)
        : this(new RecordText(activityId), activityType, createdAt, seatId, new RecordText(memberIdentityKey))
    {
    }

    internal SalesActivityRecord(
        RecordText activityId, string activityType, DateTimeOffset createdAt, long seatId, RecordText memberIdentityKey)
    {
        _activityId = activityId;
        ActivityType = activityType;
        _createdAtTicks = createdAt.UtcTicks;
        SeatId = seatId;
        _memberIdentityKey = memberIdentityKey;
    }

    /// <summary>The id of the activity. Exports whose periods overlap have it twice.</summary>
    public string ActivityId => _activityId.ToString()!;

    /// <summary>What was done, for example <c>SAVED_LEAD</c> or <c>INMAIL_SENT</c>; any other word is kept.</summary>
    public string ActivityType { get; }

    /// <summary>When it was done, UTC, to the second.</summary>
    public DateTimeOffset CreatedAt => new(_createdAtTicks, TimeSpan.Zero);

    /// <summary>The seat holder who did it.</summary>
    public long SeatId { get; }

    /// <summary>The lead concerned; null where there is none.</summary>
    public string? MemberIdentityKey => _memberIdentityKey.ToString();

    /// <inheritdoc/>
    public override string ToString() => $"{ActivityType} {ActivityId}";
}
