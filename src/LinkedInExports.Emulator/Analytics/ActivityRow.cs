namespace LinkedInExports.Emulator.Analytics;

/// <summary>A row of an activity file.</summary>
/// <param name="ActivityId">The unique id. An activity has the same id in every file.</param>
/// <param name="ActivityType">One of the seven documented types.</param>
/// <param name="CreatedAt">The time of the activity in whole seconds, in UTC.</param>
/// <param name="SeatId">The seat of the member who acted.</param>
/// <param name="MemberIdentityKey">The lead, or an empty string for types without one.</param>
public sealed record ActivityRow(
    string ActivityId,
    string ActivityType,
    DateTimeOffset CreatedAt,
    long SeatId,
    string MemberIdentityKey
);
