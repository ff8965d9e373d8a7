using LinkedInExports.Emulator.Files;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>
/// One row per seat holder and UTC day that the range touches. ASSUMED: LinkedIn documents what the file tells, but
/// none of the names of its columns.
/// </summary>
internal static class SeatFile
{
    private const long DayMilliseconds = 24 * 60 * 60 * 1000;

    private static readonly byte[] Active = "ACTIVE"u8.ToArray();
    private static readonly byte[] Inactive = "INACTIVE"u8.ToArray();

    /// <summary>The names that get values of their own; any other is a text column.</summary>
    public static readonly string[] KnownColumns =
        ["seatId", "seatHolderName", "seatStatus", "date", "socialSellingIndex", "totalConnections"];

    public static CsvFile Create(AnalyticsOrder order, EmulatorOptions options)
    {
        ulong key = RowMix.Next(RowMix.Mix((ulong)options.Seed) + (ulong)order.Contract);
        long end = order.EndAt < ActivityTimeline.StartMilliseconds ? 0 : Day(order.EndAt) + 1;
        long first = Day(Math.Max(order.StartAt, ActivityTimeline.StartMilliseconds));
        var rows = new RowRange(first * SeatHolders.Count, end * SeatHolders.Count);
        IEnumerable<Column> columns = options.SeatColumns.Select((name, index) =>
            Known(name, order.Contract, key) ?? Column.Text(name, $"seat{index + 1}", key + (ulong)index));
        return new CsvFile(columns, rows, SeatHolders.Count, options);
    }

    private static Column? Known(string name, long contract, ulong key) => name switch
    {
        "seatId" => Column.Number(name, row => SeatHolders.Id(contract, Seat(row))),
        "seatHolderName" => Column.Choice(name, row => SeatHolders.WrittenName(Seat(row))),
        "seatStatus" => Column.Choice(name, row => Seat(row) == SeatHolders.Count - 1 ? Inactive : Active),
        "date" => new(name, (target, row) => UtcText.WriteDate(target, Date(row))),
        "socialSellingIndex" => Column.Number(name, row => 10 + RowMix.Scale(RowMix.Mix(key + (ulong)row), 90)),
        "totalConnections" => Column.Number(name, row => 500 + RowMix.Scale(RowMix.Mix(key + (ulong)Seat(row)), 400)),
        _ => null,
    };

    private static int Seat(long row) => (int)(row % SeatHolders.Count);

    private static DateTime Date(long row) => ActivityTimeline.Start.AddDays(row / SeatHolders.Count);

    private static long Day(long milliseconds) => (milliseconds - ActivityTimeline.StartMilliseconds) / DayMilliseconds;
}
