using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>What came of activities, by type.</summary>
internal sealed class OutcomeSection(int maxRows) : ReportSection(
    "outcomes", "Outcomes", "What came of activities, in LinkedIn's own words for it.", "outcomes", maxRows)
{
    private readonly Tally _types = new();

    internal void Add(ActivityOutcomeRecord record)
    {
        Rows++;
        _types.Add(Wording.Of(record.ActivityType));
        if (Table.TryBegin())
        {
            Table.Set("ActivityId", record.ActivityId);
            Table.Set("ActivityType", record.ActivityType);
            Table.SetExtra(record);
        }
    }

    internal override IEnumerable<Fact> Facts()
    {
        yield return new Fact("outcomes", Rows);
        if (_types.Names > 1)
        {
            foreach (KeyValuePair<string, long> type in _types.Top(3))
                yield return new Fact(type.Key, 100.0 * type.Value / Rows, "%");
        }
    }

    internal override IEnumerable<Chart> Charts() => [BarChart.Of("By type", _types)];
}
