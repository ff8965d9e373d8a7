using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>Records of validation exports by week, by owner and by type.</summary>
/// <remarks>LinkedIn does not explain the times of a record, so nothing here says what happened then.</remarks>
internal sealed class ChangedCompanySection(int maxRows, string? ownerColumn) : ReportSection(
    "changed-company",
    "Changed company",
    "CRM records whose company differs from the person's company on LinkedIn. Weeks are those of ExpiredAt, in UTC; LinkedIn does not explain which time that is.",
    "records",
    maxRows)
{
    private readonly Timeline _weeks = new(TimeUnit.Week);
    private readonly Tally _types = new();
    private readonly Tally _owners = new();
    private readonly string[] _ownerColumns = ownerColumn is null ? [.. ReportOptions.KnownOwnerColumns] : [ownerColumn];
    private IReadOnlyList<string> _names = [];
    private int _ownerIndex = -1;

    internal void Add(CrmValidationRecord record)
    {
        Rows++;
        string type = Wording.Of(record.CrmRecordType);
        _types.Add(type);
        if (record.ExpiredAt is { } time)
            _weeks.Add(time, type);
        if (OwnerOf(record) is { } owner)
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

    internal override IEnumerable<Fact> Facts()
    {
        yield return new Fact("CRM records", Rows);
        if (_types.Names > 1)
        {
            foreach (KeyValuePair<string, long> type in _types.Top(3))
                yield return new Fact($"of type {type.Key}", type.Value);
        }

        if (_owners.Names > 0)
            yield return new Fact("owners affected", _owners.Names);
    }

    internal override IEnumerable<Chart> Charts() => Existing(
        _weeks.ToChart(unit => $"Records {Per(unit)} by ExpiredAt"),
        _owners.Names == 0 ? null : BarChart.Of("By owner", _owners),
        _types.Names < 2 ? null : BarChart.Of("By type of record", _types));

    /// <summary>The owner; null where no column tells.</summary>
    private string? OwnerOf(CrmValidationRecord record)
    {
        if (record is not IExtraColumns extra)
            return null;

        // All records of a file share one list of names.
        if (!ReferenceEquals(extra.ExtraNames, _names))
        {
            _names = extra.ExtraNames;
            _ownerIndex = _ownerColumns
                .Select(column => Records.Columns.IndexOf(_names, column)).Where(index => index >= 0).DefaultIfEmpty(-1).First();
        }

        return _ownerIndex < 0 ? null : extra.GetExtra(_ownerIndex);
    }
}
