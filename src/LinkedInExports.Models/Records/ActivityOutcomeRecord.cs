namespace LinkedInExports;

/// <summary>
/// What came of an activity: one row of an outcome export. Two of its columns are documented; PowerShell shows the others
/// as properties under their own names. A documented property is null where the file lacks its column.
/// </summary>
public sealed class ActivityOutcomeRecord(string? activityId, string? activityType, IReadOnlyList<string> names, string[] values)
    : IExtraColumns
{
    /// <summary>The activity that this came of; several outcomes may have the same.</summary>
    public string? ActivityId => activityId;

    /// <summary>The type of the outcome, despite its name.</summary>
    public string? ActivityType => activityType;

    IReadOnlyList<string> IExtraColumns.ExtraNames => names;

    string IExtraColumns.GetExtra(int index) => values[index];

    /// <inheritdoc/>
    public override string ToString() => $"{ActivityType} {ActivityId}";
}
