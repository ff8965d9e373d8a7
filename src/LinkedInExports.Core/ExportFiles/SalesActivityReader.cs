using System.Runtime.CompilerServices;
using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="SalesActivityRecord"/> (Exports Schema, activities).</summary>
internal sealed class SalesActivityReader(ColumnMap columns, RecordSource source) : RecordReader(columns, source)
{
    private readonly int _activityId = columns.IndexOf("activityId");
    private readonly int _activityType = columns.IndexOf("activityType");
    private readonly int _createdAt = columns.IndexOf("createdAt");
    private readonly int _seatId = columns.IndexOf("seatId");
    private readonly int _memberIdentityKey = columns.IndexOf("memberIdentityKey");

    [MethodImpl(JitOptions.Optimized)]
    internal override ExportRecord? TryRead(CsvReader row, long number, out FieldError error)
    {
        error = default;
        ReadOnlySpan<byte> id = GetSpan(row, _activityId);
        if (_activityId >= 0 && id.IsEmpty)
            error = new FieldError(_activityId, FieldErrorReasons.Empty);
        if (!TryReadTime(row, out long createdAtTicks))
            error = new FieldError(_createdAt, FieldErrorReasons.NotActivityTime);
        if (!TryReadSeat(row, out long seatId))
            error = new FieldError(_seatId, FieldErrorReasons.NotInteger);
        if (error.Reason is not null)
            return null;

        RecordId activityId = _activityId < 0 ? Blocks.AddRow(number) : Blocks.AddId(id, number);
        string? type = GetString(row, _activityType);
        ReadOnlySpan<byte> member = GetSpan(row, _memberIdentityKey);
        Utf8Text memberKey = member.IsEmpty ? default : Blocks.AddText(member, number);
        return HasExtraColumns
            ? new SalesActivityRecordWithExtraColumns(
                activityId,
                type,
                createdAtTicks,
                seatId,
                memberKey,
                Columns.ExtraNames,
                GetExtraValues(row)
            )
            : new SalesActivityRecord(activityId, type, createdAtTicks, seatId, memberKey);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadTime(CsvReader row, out long ticks)
    {
        ticks = SalesActivityRecord.Missing;
        if (_createdAt < 0)
            return true;
        if (!ActivityTime.TryParse(row.GetSpan(_createdAt), out DateTimeOffset time))
            return false;
        ticks = time.UtcTicks;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadSeat(CsvReader row, out long seatId)
    {
        seatId = SalesActivityRecord.Missing;
        return _seatId < 0 || (row.TryParse(_seatId, out seatId) && seatId != SalesActivityRecord.Missing);
    }
}
