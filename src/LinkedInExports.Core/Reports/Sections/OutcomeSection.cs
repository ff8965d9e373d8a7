using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The outcomes of activities, by type.</summary>
internal sealed class OutcomeSection(int maxRows)
    : ReportSection("outcomes", "Outcomes", "The outcomes of activities, by LinkedIn's types.", "outcomes", maxRows)
{
    private readonly FrequencyCounter _types = new();

    internal void Add(ActivityOutcomeRecord record)
    {
        Rows++;
        _types.Add(DisplayNames.Get(record.ActivityType));
        if (Table.TryBegin())
        {
            Table.Set("ActivityId", record.ActivityId);
            Table.Set("ActivityType", record.ActivityType);
            Table.SetExtra(record);
        }
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        yield return new Metric("outcomes", Rows);
        if (_types.NameCount > 1)
        {
            foreach (KeyValuePair<string, long> type in _types.GetTop(3))
                yield return new Metric(type.Key, 100.0 * type.Value / Rows, "%");
        }
    }

    internal override IEnumerable<Chart> GetCharts() => [BarChart.Create("By type", _types)];
}
