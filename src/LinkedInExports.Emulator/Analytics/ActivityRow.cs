namespace LinkedInExports.Emulator.Analytics;

/// <summary>One row of an activity file, as a reader of the CSV should get it.</summary>
/// <param name="ActivityId">Unique; the same activity has the same id in every file it appears in.</param>
/// <param name="ActivityType">One of the seven documented types.</param>
/// <param name="CreatedAt">Whole seconds, UTC.</param>
/// <param name="SeatId">The seat holder who acted.</param>
/// <param name="MemberIdentityKey">The lead concerned; empty for types that concern none.</param>
public sealed record ActivityRow(
    string ActivityId,
    string ActivityType,
    DateTimeOffset CreatedAt,
    long SeatId,
    string MemberIdentityKey
);
