using System.Runtime.CompilerServices;
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
    private readonly TextBlocks _texts = new();

    [MethodImpl(RowMethods.CompileFully)]
    internal override object? TryRead(CsvReader row, out Defect defect)
    {
        defect = default;
        ReadOnlySpan<byte> id = row.GetSpan(_activityId);
        if (id.IsEmpty)
            defect = new Defect(_activityId, "is empty");
        if (!ActivityTime.TryParse(row.GetSpan(_createdAt), out DateTimeOffset createdAt))
            defect = new Defect(_createdAt, "is not a time in the form MM-dd-yyyy HH:mm:ss");
        if (!row.TryParse(_seatId, out long seatId))
            defect = new Defect(_seatId, "is not a whole number");
        if (defect.Reason is not null)
            return null;

        string type = row.GetString(_activityType);
        ReadOnlySpan<byte> member = row.GetSpan(_memberIdentityKey);
        if (HasExtraColumns)
        {
            return new SalesActivityRecordWithExtraColumns(
                row.GetString(_activityId),
                type,
                createdAt,
                seatId,
                member.IsEmpty ? null : row.GetString(_memberIdentityKey),
                Layout.ExtraNames,
                ExtraValues(row));
        }

        return new SalesActivityRecord(
            _texts.Add(id),
            type,
            createdAt,
            seatId,
            member.IsEmpty ? default : _texts.Add(member));
    }
}
