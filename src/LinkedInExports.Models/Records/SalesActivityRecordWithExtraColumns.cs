namespace LinkedInExports;

/// <summary>The same with columns that are not documented. PowerShell shows them as properties; only its adapter needs this type.</summary>
public sealed class SalesActivityRecordWithExtraColumns(
    string activityId, string activityType, DateTimeOffset createdAt, long seatId, string? memberIdentityKey, IReadOnlyList<string> names, string[] values)
    : SalesActivityRecord(activityId, activityType, createdAt, seatId, memberIdentityKey), IExtraColumns
{
    IReadOnlyList<string> IExtraColumns.ExtraNames => names;

    string IExtraColumns.GetExtra(int index) => values[index];
}
