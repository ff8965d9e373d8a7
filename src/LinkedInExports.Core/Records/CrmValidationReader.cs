using System.Runtime.CompilerServices;
using CsvHelper;

namespace LinkedInExports.Core.Records;

/// <summary>Reads <see cref="CrmValidationRecord"/> (tutorial "Exporting CRM Data Validation", CSV Export Schema).</summary>
internal sealed class CrmValidationReader(Layout layout) : RecordReader(layout)
{
    private const string NotATime = "is not a time in milliseconds since 1970";

    private readonly int _crmId = layout.IndexOf("crmId");
    private readonly int _crmRecordType = layout.IndexOf("crmRecordType");
    private readonly int _expiredAt = layout.IndexOf("expiredAt");
    private readonly int _createdAt = layout.IndexOf("createdAt");
    private readonly TextBlocks _texts = new();

    [MethodImpl(RowMethods.CompileFully)]
    internal override object? TryRead(CsvReader row, out Defect defect)
    {
        defect = default;
        ReadOnlySpan<byte> crmId = row.GetSpan(_crmId);
        if (crmId.IsEmpty)
            defect = new Defect(_crmId, "is empty");
        if (!TryReadTime(row, _expiredAt, out long expiredAt))
            defect = new Defect(_expiredAt, NotATime);
        if (!TryReadTime(row, _createdAt, out long createdAt))
            defect = new Defect(_createdAt, NotATime);
        if (defect.Reason is not null)
            return null;

        string type = row.GetString(_crmRecordType);
        return HasExtraColumns
            ? new CrmValidationRecordWithExtraColumns(
                row.GetString(_crmId), type, expiredAt, createdAt, Layout.ExtraNames, ExtraValues(row))
            : new CrmValidationRecord(_texts.Add(crmId), type, expiredAt, createdAt);
    }
}
