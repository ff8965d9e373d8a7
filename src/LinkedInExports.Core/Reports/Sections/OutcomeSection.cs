using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The outcomes of activities, by type.</summary>
internal sealed class OutcomeSection(DetailTable table)
    : ReportSection("outcomes", "Outcomes", "The outcomes of activities, by LinkedIn's types.", "outcomes", table)
{
    private readonly FrequencyCounter _types = new();
    private IReadOnlyList<string> _header = [];
    private int _time = -1;

    internal void Add(ActivityOutcomeRecord record)
    {
        Rows++;
        _types.Add(record.ActivityType ?? "");
        Table.Begin(GetTime(record));
        Table.Set("ActivityId", record.ActivityId);
        Table.Set("ActivityType", record.ActivityType);
        Table.SetExtra(record);
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        yield return new Metric("outcomes", Rows);
        if (_types.NameCount > 1)
        {
            foreach (KeyValuePair<string, long> type in _types.GetTop(3))
                yield return new Metric(DisplayNames.Get(type.Key), 100.0 * type.Value / Rows, "%");
        }
    }

    internal override IEnumerable<Chart> GetCharts() =>
        [CategoryChart.Create("By type", _types, "ActivityType", DisplayNames.Get)];

    /// <summary>Gets the time of an outcome. LinkedIn does not document its column.</summary>
    private DateTimeOffset? GetTime(ActivityOutcomeRecord record)
    {
        var row = (IExtraColumns)record;
        if (!ReferenceEquals(row.ExtraNames, _header))
        {
            _header = row.ExtraNames;
            _time = ExportSchema.IndexOf(_header, "outcomeAt");
        }

        if (_time < 0)
            return null;
        Table.TimeColumn ??= _header[_time];
        return DateText.Parse(row.GetExtra(_time));
    }
}
