using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>
/// A row for each seat holder and UTC day of the range. ASSUMED: LinkedIn documents the content of the file, but not the names
/// of its columns.
/// </summary>
internal static class SeatFile
{
    private const long DayMilliseconds = 24 * 60 * 60 * 1000;

    private static readonly byte[] Active = "ACTIVE"u8.ToArray();
    private static readonly byte[] Inactive = "INACTIVE"u8.ToArray();

    /// <summary>The columns with specific values. Other columns contain text.</summary>
    public static readonly string[] KnownColumns =
    [
        "seatId",
        "seatHolderName",
        "seatStatus",
        "date",
        "socialSellingIndex",
        "totalConnections",
    ];

    public static CsvFile Create(AnalyticsRequest parameters, EmulatorOptions options)
    {
        ulong key = RowHash.Next(RowHash.Mix((ulong)options.Seed) + (ulong)parameters.Contract);
        long end = parameters.EndAt < ActivityTimeline.StartMilliseconds ? 0 : GetDay(parameters.EndAt) + 1;
        long first = GetDay(Math.Max(parameters.StartAt, ActivityTimeline.StartMilliseconds));
        var rows = new RowRange(first * SeatHolders.Count, end * SeatHolders.Count);
        IEnumerable<Column> columns = options.SeatColumns.Select(
            (name, index) =>
                FindColumn(name, parameters.Contract, key) ?? Column.Text(name, $"seat{index + 1}", key + (ulong)index)
        );
        return new CsvFile(columns, rows, SeatHolders.Count, options);
    }

    private static Column? FindColumn(string name, long contract, ulong key) =>
        name switch
        {
            "seatId" => Column.Number(name, row => SeatHolders.GetId(contract, GetSeat(row))),
            "seatHolderName" => Column.Choice(name, row => SeatHolders.GetUtf8Name(GetSeat(row))),
            "seatStatus" => Column.Choice(name, row => GetSeat(row) == SeatHolders.Count - 1 ? Inactive : Active),
            "date" => new(name, (target, row) => UtcText.WriteDate(target, GetDate(row))),
            "socialSellingIndex" => Column.Number(name, row => 10 + RowHash.Scale(RowHash.Mix(key + (ulong)row), 90)),
            "totalConnections" => Column.Number(name, row => 500 + RowHash.Scale(RowHash.Mix(key + (ulong)GetSeat(row)), 400)),
            _ => null,
        };

    private static int GetSeat(long row) => (int)(row % SeatHolders.Count);

    private static DateTime GetDate(long row) => ActivityTimeline.Start.AddDays(row / SeatHolders.Count);

    private static long GetDay(long milliseconds) => (milliseconds - ActivityTimeline.StartMilliseconds) / DayMilliseconds;
}
