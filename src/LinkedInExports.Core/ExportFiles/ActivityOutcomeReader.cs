using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="ActivityOutcomeRecord"/> (Exports Schema: outcomes, with two documented columns).</summary>
internal sealed class ActivityOutcomeReader(ColumnMap columns) : RecordReader(columns)
{
    private readonly int _activityId = columns.IndexOf("activityId");
    private readonly int _activityType = columns.IndexOf("activityType");

    internal override ExportRecord? TryRead(CsvReader row, out FieldError error)
    {
        error = _activityId >= 0 && row.IsEmpty(_activityId) ? new FieldError(_activityId, FieldErrorReasons.Empty) : default;
        return error.Reason is null
            ? new ActivityOutcomeRecord(
                GetString(row, _activityId),
                GetString(row, _activityType),
                Columns.ExtraNames,
                GetExtraValues(row)
            )
            : null;
    }
}
