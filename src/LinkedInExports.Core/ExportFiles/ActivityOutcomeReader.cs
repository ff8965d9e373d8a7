using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="ActivityOutcomeRecord"/> (Exports Schema: outcomes, with two documented columns).</summary>
internal sealed class ActivityOutcomeReader(ColumnMap columns, RecordSource source) : RecordReader(columns, source)
{
    private readonly int _activityId = columns.IndexOf("activityId");
    private readonly int _activityType = columns.IndexOf("activityType");

    internal override ExportRecord? TryRead(CsvReader row, long number, out FieldError error)
    {
        error = _activityId >= 0 && row.IsEmpty(_activityId) ? new FieldError(_activityId, FieldErrorReasons.Empty) : default;
        return error.Reason is null
            ? new ActivityOutcomeRecord(
                _activityId < 0 ? Blocks.AddRow(number) : Blocks.AddId(row.GetSpan(_activityId), number),
                GetString(row, _activityType),
                Columns.ExtraNames,
                GetExtraValues(row)
            )
            : null;
    }
}
