using CsvHelper;

namespace LinkedInExports.Core.Records;

/// <summary>Reads <see cref="SalesActivityRecord"/> (Exports Schema, activities).</summary>
internal sealed class SalesActivityReader(Layout layout) : RecordReader(layout)
{
    private readonly int _activityId = layout.IndexOf("activityId");
    private readonly int _activityType = layout.IndexOf("activityType");
    private readonly int _createdAt = layout.IndexOf("createdAt");
    private readonly int _seatId = layout.IndexOf("seatId");
    private readonly int _memberIdentityKey = layout.IndexOf("memberIdentityKey");

    internal override object? TryRead(CsvReader row, out Defect defect)
    {
        defect = default;
        if (row.IsEmpty(_activityId))
            defect = new Defect(_activityId, "is empty");
        if (!ActivityTime.TryParse(row.GetSpan(_createdAt), out DateTimeOffset createdAt))
            defect = new Defect(_createdAt, "is not a time in the form MM-dd-yyyy HH:mm:ss");
        if (!row.TryParse(_seatId, out long seatId))
            defect = new Defect(_seatId, "is not a whole number");
        if (defect.Reason is not null)
            return null;

        string id = row.GetString(_activityId);
        string type = row.GetString(_activityType);
        string? member = row.IsEmpty(_memberIdentityKey) ? null : row.GetString(_memberIdentityKey);
        return HasExtraColumns
            ? new SalesActivityRecordWithExtraColumns(id, type, createdAt, seatId, member, Layout.ExtraNames, ExtraValues(row))
            : new SalesActivityRecord(id, type, createdAt, seatId, member);
    }
}
