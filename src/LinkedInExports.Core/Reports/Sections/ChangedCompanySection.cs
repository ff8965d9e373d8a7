using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The records of CRM validation exports, by week, owner and type.</summary>
/// <remarks>LinkedIn does not document the meaning of a record's times, so the texts do not interpret them.</remarks>
internal sealed class ChangedCompanySection(DetailTable table, string? ownerColumn)
    : ReportSection(
        "changed-company",
        "Changed company",
        "Contacts and leads whose company in the CRM differs from the one on LinkedIn. Accounts and other types are counted "
            + "separately. The time of a record is its value of Expired at, in UTC; LinkedIn does not document its meaning.",
        "records",
        table
    )
{
    private readonly Timeline _weeks = new(TimeUnit.Day, preferred: TimeUnit.Week);
    private readonly FrequencyCounter _types = new();
    private readonly FrequencyCounter _owners = new(MaxNames);
    private readonly OwnerColumn _owner = new(ownerColumn);
    private bool _hasRecordsWithoutOwner;
    private long _contacts;
    private long _leads;
    private long _accounts;

    internal void Add(CrmValidationRecord record)
    {
        Rows++;
        string type = record.CrmRecordType ?? "";
        _types.Add(type);
        if (string.Equals(type, "CONTACT", StringComparison.OrdinalIgnoreCase))
            _contacts++;
        else if (string.Equals(type, "LEAD", StringComparison.OrdinalIgnoreCase))
            _leads++;
        else if (string.Equals(type, "ACCOUNT", StringComparison.OrdinalIgnoreCase))
            _accounts++;
        if (record.ExpiredAt is { } time)
            _weeks.Add(time, type);
        string owner = _owner.FindOwner(record) ?? "";
        _owners.Add(owner);
        _hasRecordsWithoutOwner |= owner.Length == 0;

        Table.TimeColumn = "ExpiredAt";
        Table.Begin(record.ExpiredAt);
        Table.Set("CrmId", record.CrmId);
        Table.Set("CrmRecordType", record.CrmRecordType);
        Table.Set("ExpiredAt", record.ExpiredAt);
        Table.Set("CreatedAt", record.CreatedAt);
        Table.SetExtra(record);
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        long people = _contacts + _leads;
        long others = Rows - people - _accounts;
        if (people > 0)
            yield return new Metric("contacts and leads", people);
        if (_contacts > 0 && _leads > 0)
        {
            yield return new Metric("contacts", _contacts);
            yield return new Metric("leads", _leads);
        }

        if (_accounts > 0)
            yield return new Metric("accounts", _accounts);
        if (others > 0)
            yield return new Metric("records of other types", others);
        if (_owner.Exists && !_owners.HasOmittedNames)
            yield return new Metric("owners affected", _owners.NameCount - (_hasRecordsWithoutOwner ? 1 : 0));
    }

    internal override IEnumerable<Chart> GetCharts() =>
        WithoutEmpty(
            _weeks.ToChart("Records per {unit} (Expired at)", "ExpiredAt", "CrmRecordType", DisplayNames.Get),
            _owner.Exists ? CategoryChart.Create("By owner", _owners, _owner.Column, OwnerColumn.GetLabel) : null,
            _types.NameCount < 2 ? null : CategoryChart.Create("By type of record", _types, "CrmRecordType", DisplayNames.Get)
        );

    internal override IEnumerable<string> GetNotices() =>
        _owners.HasOmittedNames ? [CreateLimitNotice("owners of CRM records")] : [];
}
