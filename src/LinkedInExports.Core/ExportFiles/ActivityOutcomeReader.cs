using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="ActivityOutcomeRecord"/> (Exports Schema, outcomes, of which two columns are known).</summary>
internal sealed class ActivityOutcomeReader(ColumnMap layout) : RecordReader(layout)
{
    private readonly int _activityId = layout.IndexOf("activityId");
    private readonly int _activityType = layout.IndexOf("activityType");

    internal override object? TryRead(CsvReader row, out FieldError defect)
    {
        defect = _activityId >= 0 && row.IsEmpty(_activityId) ? new FieldError(_activityId, "is empty") : default;
        return defect.Reason is null
            ? new ActivityOutcomeRecord(
                GetString(row, _activityId),
                GetString(row, _activityType),
                Columns.ExtraNames,
                GetExtraValues(row)
            )
            : null;
    }
}
