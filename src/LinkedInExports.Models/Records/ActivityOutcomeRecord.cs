namespace LinkedInExports;

/// <summary>
/// An outcome of an activity: a row of an outcome export. Two of its columns are documented. PowerShell shows the others as
/// properties. A documented property is null if the file does not have the column.
/// </summary>
public sealed class ActivityOutcomeRecord : ExportRecord, IExtraColumns
{
    private readonly IReadOnlyList<string> _names;
    private readonly string[] _values;

    /// <summary>Initializes a record, with null for missing columns.</summary>
    public ActivityOutcomeRecord(string? activityId, string? activityType, IReadOnlyList<string> names, string[] values)
        : this(new RecordId(activityId), activityType, names, values) { }

    internal ActivityOutcomeRecord(RecordId activityId, string? activityType, IReadOnlyList<string> names, string[] values)
        : base(activityId)
    {
        ActivityType = activityType;
        _names = names;
        _values = values;
    }

    /// <summary>The id of the activity. An activity can have several outcomes.</summary>
    public string? ActivityId => Id;

    /// <summary>The type of the outcome. LinkedIn calls the column <c>activityType</c>.</summary>
    public string? ActivityType { get; }

    IReadOnlyList<string> IExtraColumns.ExtraNames => _names;

    string IExtraColumns.GetExtra(int index) => _values[index];

    /// <inheritdoc/>
    public override string ToString() => $"{ActivityType} {ActivityId}";
}
