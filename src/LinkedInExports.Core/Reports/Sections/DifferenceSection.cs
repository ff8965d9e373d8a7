using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The records that were added, removed or changed between two exports, by week and owner.</summary>
internal sealed class DifferenceSection(DetailTable table, OwnerColumn owner)
    : ReportSection(
        "differences",
        "Differences",
        "Records that were added, removed or changed between two exports. The time of a difference is that of its newer record, "
            + "in UTC: the value of Expired at, Created at or the date.",
        "differences",
        table
    )
{
    private static readonly string[] KnownChanges =
    [
        nameof(ExportChange.Added),
        nameof(ExportChange.Removed),
        nameof(ExportChange.Changed),
    ];

    private readonly Timeline _weeks = new(TimeUnit.Day, preferred: TimeUnit.Week);
    private readonly FrequencyCounter _changes = new();
    private readonly FrequencyCounter _columns = new();
    private readonly FrequencyCounter _owners = new(MaxNames);
    private readonly Dictionary<string, FrequencyCounter> _ownersByChange = new(StringComparer.Ordinal);
    private bool _hasOwners;

    internal void Add(ExportDifference difference) => Add(DifferenceRow.Create(difference, owner));

    internal void Add(IReportRow row) => Add(DifferenceRow.Create(row, owner));

    internal override IEnumerable<Metric> GetMetrics()
    {
        yield return new Metric("differences", Rows);
        foreach (string change in KnownChanges)
            yield return new Metric(change.ToLowerInvariant(), _changes.GetCount(change));
    }

    internal override IEnumerable<Chart> GetCharts() =>
        WithoutEmpty(
            CategoryChart.Create("By change", _changes, "Change", DisplayNames.Get, CategoryShape.Shares),
            _weeks.ToChart("Differences per {unit}", "Time", "Change", DisplayNames.Get),
            _hasOwners ? CreateOwnerChart() : null,
            _columns.NameCount == 0 ? null : CategoryChart.Create("By changed columns", _columns, "ChangedColumns", GetHeadings)
        );

    internal override IEnumerable<string> GetNotices() =>
        _owners.HasOmittedNames ? [CreateLimitNotice("owners of differences")] : [];

    private void Add(DifferenceRow row)
    {
        Rows++;
        _changes.Add(row.Change);
        _hasOwners |= row.Owner is not null;
        string name = row.Owner ?? "";
        _owners.Add(name);
        if (!_ownersByChange.TryGetValue(row.Change, out FrequencyCounter? owners))
            _ownersByChange.Add(row.Change, owners = new FrequencyCounter(MaxNames));
        owners.Add(name);
        if (row.ChangedColumns.Length > 0)
            _columns.Add(row.ChangedColumns);
        if (row.Time is { } time)
            _weeks.Add(time, row.Change);

        Table.TimeColumn = "Time";
        Table.Begin(row.Time);
        Table.Set("Change", row.Change);
        Table.Set("ExportType", row.ExportType);
        Table.Set("Key", row.Key);
        Table.Set("Time", row.Time);
        if (row.Owner is not null)
            Table.Set("Owner", row.Owner);
        Table.Set("ChangedColumns", row.ChangedColumns);
    }

    private static string GetHeadings(string columns) =>
        string.Join(", ", columns.Split([", "], StringSplitOptions.None).Select(DisplayNames.GetHeading));

    /// <summary>Creates a chart with a bar for each owner, divided by change.</summary>
    private CategoryChart CreateOwnerChart()
    {
        string[] changes = [.. KnownChanges.Where(_ownersByChange.ContainsKey)];
        CategoryChart chart = CategoryChart.Create("By owner", _owners, "Owner", OwnerColumn.GetLabel);
        return chart with
        {
            PartColumn = "Change",
            PartNames = changes,
            Bars =
            [
                .. chart.Bars.Select(bar =>
                    bar with
                    {
                        Parts = [.. changes.Select(change => _ownersByChange[change].GetCount(bar.Key))],
                    }
                ),
            ],
        };
    }
}
