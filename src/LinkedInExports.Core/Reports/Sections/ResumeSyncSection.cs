using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>The results of a resume sync, with its errors and its speed.</summary>
internal sealed class ResumeSyncSection(DetailTable table)
    : ReportSection(
        "resume-sync",
        "Candidate resume sync",
        "The state of each resume, the reasons for failures, and the number of completed resumes over time. Times are in UTC.",
        "resumes",
        table
    )
{
    private readonly FrequencyCounter _outcomes = new();
    private readonly FrequencyCounter _reasons = new();
    private bool _hasReasonsWithoutId;
    private readonly Timeline _completed = new(TimeUnit.Minute, preferred: TimeUnit.Minute);
    private readonly FrequencyCounter _minutes = new(maxNames: 1_000_000);

    internal void Add(SyncRow row)
    {
        Rows++;
        _outcomes.Add(row.Outcome);
        AddReason(row);
        if (row.CompletedAt is { } time)
        {
            _completed.Add(time, row.Outcome);
            _minutes.Add(TimeUnit.Minute.GetNumber(time).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Table.TimeColumn = "CompletedAt";
        Table.Begin(row.CompletedAt);
        Table.Set("CandidateId", row.CandidateId);
        Table.Set("ResumeId", row.ResumeId);
        Table.Set("Outcome", row.Outcome);
        Table.Set("StatusCode", row.StatusCode);
        Table.Set("ReasonId", row.ReasonId);
        Table.Set("Reason", row.Reason);
        Table.Set("CompletedAt", row.CompletedAt);
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        Dictionary<string, long> counts = _outcomes
            .GetTop(int.MaxValue)
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
        yield return new Metric("resumes", Rows);
        yield return new Metric("synced or unchanged", 100.0 * (Count("Synced") + Count("Unchanged")) / Rows, "%");
        yield return new Metric("failed or rejected", Count("Failed") + Count("Rejected"));
        if (_minutes.NameCount > 0)
            yield return new Metric("most in a minute", _minutes.GetTop(1)[0].Value);

        long Count(string outcome) => counts.TryGetValue(outcome, out long count) ? count : 0;
    }

    internal override IEnumerable<Chart> GetCharts() =>
        WithoutEmpty(
            CategoryChart.Create("State", _outcomes, "Outcome", DisplayNames.Get, CategoryShape.Shares),
            _completed.ToChart("Completed per {unit}", "CompletedAt", "Outcome", DisplayNames.Get),
            _reasons.NameCount == 0
                ? null
                : CategoryChart.Create("Reasons", _reasons, _hasReasonsWithoutId ? null : "ReasonId", DisplayNames.GetHeading)
        );

    /// <summary>Counts the reason by its id. Rows of older files have only a text.</summary>
    private void AddReason(SyncRow row)
    {
        if (row.ReasonId.Length > 0)
        {
            _reasons.Add(row.ReasonId);
        }
        else if (row.Reason.Length > 0)
        {
            _hasReasonsWithoutId = true;
            _reasons.Add(row.StatusCode.Length > 0 ? $"{row.StatusCode} {row.Reason}" : row.Reason);
        }
    }
}
