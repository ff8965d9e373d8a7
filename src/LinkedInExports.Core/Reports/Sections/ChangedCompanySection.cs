using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The records of CRM validation exports, by week, owner and type.</summary>
/// <remarks>LinkedIn does not document the meaning of a record's times, so the texts do not interpret them.</remarks>
internal sealed class ChangedCompanySection(int maxRows, string? ownerColumn)
    : ReportSection(
        "changed-company",
        "Changed company",
        "CRM records whose company differs from the person's company on LinkedIn. Weeks are those of ExpiredAt, in UTC; "
            + "LinkedIn does not document the meaning of that time.",
        "records",
        maxRows
    )
{
    private readonly Timeline _weeks = new(TimeUnit.Week);
    private readonly FrequencyCounter _types = new();
    private readonly FrequencyCounter _owners = new();
    private readonly string[] _ownerColumns = ownerColumn is null ? [.. ReportOptions.KnownOwnerColumns] : [ownerColumn];
    private IReadOnlyList<string> _names = [];
    private int _ownerIndex = -1;

    internal void Add(CrmValidationRecord record)
    {
        Rows++;
        string type = DisplayNames.Get(record.CrmRecordType);
        _types.Add(type);
        if (record.ExpiredAt is { } time)
            _weeks.Add(time, type);
        if (GetOwner(record) is { } owner)
            _owners.Add(owner.Length == 0 ? "(no owner)" : owner);

        if (Table.TryBegin())
        {
            Table.Set("CrmId", record.CrmId);
            Table.Set("CrmRecordType", record.CrmRecordType);
            Table.Set("ExpiredAt", record.ExpiredAt);
            Table.Set("CreatedAt", record.CreatedAt);
            Table.SetExtra(record);
        }
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        yield return new Metric("CRM records", Rows);
        if (_types.NameCount > 1)
        {
            foreach (KeyValuePair<string, long> type in _types.GetTop(3))
                yield return new Metric($"of type {type.Key}", type.Value);
        }

        if (_owners.NameCount > 0)
            yield return new Metric("owners affected", _owners.NameCount);
    }

    internal override IEnumerable<Chart> GetCharts() =>
        WithoutEmpty(
            _weeks.ToChart(unit => $"Records {FormatPer(unit)} by ExpiredAt"),
            _owners.NameCount == 0 ? null : BarChart.Create("By owner", _owners),
            _types.NameCount < 2 ? null : BarChart.Create("By type of record", _types)
        );

    /// <summary>Gets the owner, or null if no column contains it.</summary>
    private string? GetOwner(CrmValidationRecord record)
    {
        if (record is not IExtraColumns extra)
            return null;

        // All records of a file share one list instance.
        if (!ReferenceEquals(extra.ExtraNames, _names))
        {
            _names = extra.ExtraNames;
            _ownerIndex = _ownerColumns
                .Select(column => ExportSchema.IndexOf(_names, column))
                .Where(index => index >= 0)
                .DefaultIfEmpty(-1)
                .First();
        }

        return _ownerIndex < 0 ? null : extra.GetExtra(_ownerIndex);
    }
}
