using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>
/// The outcomes of every n-th activity of a range. ASSUMED: LinkedIn documents the columns <c>activityId</c> and
/// <c>activityType</c>, but no further columns and not the values for an outcome.
/// </summary>
internal static class OutcomeFile
{
    private static readonly byte[][] Types = ["INMAIL_ACCEPTED"u8.ToArray(), "INMAIL_REJECTED"u8.ToArray()];

    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromHours(1);

    public static CsvFile Create(AnalyticsRequest parameters, EmulatorOptions options)
    {
        var timeline = new ActivityTimeline(parameters.Contract, options);
        int every = options.OutcomeEvery;
        RowRange activities = timeline.GetRange(parameters.StartAt, parameters.EndAt);
        var outcomes = new RowRange((activities.First + every - 1) / every, (activities.End + every - 1) / every);
        Column[] known =
        [
            new("activityId", (target, row) => timeline.WriteId(target, row * every)),
            Column.Choice("activityType", row => Types[row % Types.Length]),
        ];
        IEnumerable<Column> assumed = options.OutcomeColumns.Select(
            (name, index) =>
                name == "outcomeAt"
                    ? new Column(
                        name,
                        (target, row) => UtcText.WriteTime(target, timeline.GetCreatedAt(row * every) + TimeToAnswer)
                    )
                    : Column.Text(name, $"outcome{index + 1}", timeline.Key + (ulong)index)
        );
        return new CsvFile(known.Concat(assumed), outcomes, Types.Length, options);
    }
}
