using System.Runtime.CompilerServices;
using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Reads <see cref="CrmValidationRecord"/> (tutorial "Exporting CRM Data Validation", CSV Export Schema).</summary>
internal sealed class CrmValidationReader(ColumnMap columns, RecordSource source) : RecordReader(columns, source)
{
    private readonly int _crmId = columns.IndexOf("crmId");
    private readonly int _crmRecordType = columns.IndexOf("crmRecordType");
    private readonly int _expiredAt = columns.IndexOf("expiredAt");
    private readonly int _createdAt = columns.IndexOf("createdAt");

    [MethodImpl(JitOptions.Optimized)]
    internal override ExportRecord? TryRead(CsvReader row, long number, out FieldError error)
    {
        error = default;
        ReadOnlySpan<byte> crmId = GetSpan(row, _crmId);
        if (_crmId >= 0 && crmId.IsEmpty)
            error = new FieldError(_crmId, FieldErrorReasons.Empty);
        if (!TryReadTime(row, _expiredAt, out long expiredAt))
            error = new FieldError(_expiredAt, FieldErrorReasons.NotMilliseconds);
        if (!TryReadTime(row, _createdAt, out long createdAt))
            error = new FieldError(_createdAt, FieldErrorReasons.NotMilliseconds);
        if (error.Reason is not null)
            return null;

        RecordId id = _crmId < 0 ? Blocks.AddRow(number) : Blocks.AddId(crmId, number);
        string? type = GetString(row, _crmRecordType);
        return HasExtraColumns
            ? new CrmValidationRecordWithExtraColumns(id, type, expiredAt, createdAt, Columns.ExtraNames, GetExtraValues(row))
            : new CrmValidationRecord(id, type, expiredAt, createdAt);
    }
}
