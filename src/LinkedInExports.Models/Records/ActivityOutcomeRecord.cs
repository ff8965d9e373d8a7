namespace LinkedInExports;

/// <summary>
/// An outcome of an activity: a row of an outcome export. Two of its columns are documented. PowerShell shows the others as
/// properties. A documented property is null if the file does not have the column.
/// </summary>
public sealed class ActivityOutcomeRecord(string? activityId, string? activityType, IReadOnlyList<string> names, string[] values)
    : ExportRecord,
        IExtraColumns
{
    /// <summary>The id of the activity. An activity can have several outcomes.</summary>
    public string? ActivityId => activityId;

    /// <summary>The type of the outcome. LinkedIn calls the column <c>activityType</c>.</summary>
    public string? ActivityType => activityType;

    IReadOnlyList<string> IExtraColumns.ExtraNames => names;

    string IExtraColumns.GetExtra(int index) => values[index];

    /// <inheritdoc/>
    public override string ToString() => $"{ActivityType} {ActivityId}";
}
