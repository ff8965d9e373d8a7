namespace LinkedInExports;

/// <summary>The same with columns that are not documented. PowerShell shows them as properties; only its adapter needs this type.</summary>
public sealed class CrmValidationRecordWithExtraColumns(
    string crmId, string crmRecordType, long expiredAt, long createdAt, IReadOnlyList<string> names, string[] values)
    : CrmValidationRecord(crmId, crmRecordType, expiredAt, createdAt), IExtraColumns
{
    IReadOnlyList<string> IExtraColumns.ExtraNames => names;

    string IExtraColumns.GetExtra(int index) => values[index];
}
