using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>The activities of a range, in the documented columns.</summary>
internal static class ActivityFile
{
    public static CsvFile Create(AnalyticsRequest parameters, EmulatorOptions options)
    {
        var timeline = new ActivityTimeline(parameters.Contract, options);
        Column[] columns =
        [
            new("activityId", timeline.WriteId),
            Column.Choice("activityType", ActivityTypes.GetUtf8),
            new("createdAt", (target, row) => UtcText.WriteTime(target, timeline.GetCreatedAt(row))),
            Column.Number("seatId", timeline.GetSeatId),
            new("memberIdentityKey", timeline.WriteLead),
        ];
        IEnumerable<Column> extra = options.ExtraColumns.Select(
            (name, index) => Column.Text(name, $"extra{index + 1}", timeline.Key + (ulong)index)
        );
        return new CsvFile(
            columns.Concat(extra),
            timeline.GetRange(parameters.StartAt, parameters.EndAt),
            timeline.Period,
            options
        );
    }
}
