using CsvHelper;

namespace LinkedInExports.Core.Records;

/// <summary>Reads <see cref="ActivityOutcomeRecord"/> (Exports Schema, outcomes, of which two columns are known).</summary>
internal sealed class ActivityOutcomeReader(Layout layout) : RecordReader(layout)
{
    private readonly int _activityId = layout.IndexOf("activityId");
    private readonly int _activityType = layout.IndexOf("activityType");

    internal override object? TryRead(CsvReader row, out Defect defect)
    {
        defect = _activityId >= 0 && row.IsEmpty(_activityId) ? new Defect(_activityId, "is empty") : default;
        return defect.Reason is null
            ? new ActivityOutcomeRecord(GetString(row, _activityId), GetString(row, _activityType), Layout.ExtraNames, ExtraValues(row))
            : null;
    }
}
