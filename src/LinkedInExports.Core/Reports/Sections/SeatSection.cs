using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>
/// The holders of seats. LinkedIn does not document the column names of a seat export, so columns are found by likely names,
/// and metrics without a column are omitted.
/// </summary>
internal sealed class SeatSection(int maxRows, SeatNames names)
    : ReportSection(
        "seats",
        "Seats",
        "Seat holders, by the columns of the export. The last row of each seat is counted.",
        "rows",
        maxRows
    )
{
    private const int MaxSeats = 100_000;

    private readonly Dictionary<string, (string Status, double? Score)> _seats = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _header = [];
    private int _id = -1;
    private int _name = -1;
    private int _status = -1;
    private int _score = -1;

    internal void Add(SeatRecord record)
    {
        Rows++;
        var row = (IExtraColumns)record;
        if (!ReferenceEquals(row.ExtraNames, _header))
            Find(row.ExtraNames);
        if (_id >= 0)
            Store(row);
        if (Table.TryBegin())
            Table.SetExtra(record);
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        if (_seats.Count == 0)
        {
            yield return new Metric("rows of seats", Rows);
            yield break;
        }

        yield return new Metric("seats", _seats.Count);
        double[] scores = [.. _seats.Values.Where(seat => seat.Score is not null).Select(seat => seat.Score!.Value)];
        if (scores.Length > 0)
            yield return new Metric("average Social Selling Index", scores.Average());
    }

    internal override IEnumerable<Chart> GetCharts()
    {
        var statuses = new FrequencyCounter();
        foreach ((string status, _) in _seats.Values.Where(seat => seat.Status.Length > 0))
            statuses.Add(DisplayNames.Get(status));
        return WithoutEmpty(
            statuses.NameCount == 0
                ? null
                : new ShareChart("By status", [.. statuses.GetTop(8).Select(entry => new Bar(entry.Key, entry.Value))])
        );
    }

    private void Store(IExtraColumns row)
    {
        string id = row.GetExtra(_id);
        if (_name >= 0)
            names.Add(id, row.GetExtra(_name));
        if (_seats.Count == MaxSeats && !_seats.ContainsKey(id))
            return;
        double? score =
            _score >= 0
            && double.TryParse(row.GetExtra(_score), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                ? number
                : null;
        _seats[id] = (_status >= 0 ? row.GetExtra(_status) : "", score);
    }

    private void Find(IReadOnlyList<string> header)
    {
        _header = header;
        _id = ExportSchema.IndexOf(header, "seatId");
        _name = IndexOf("name");
        _status = IndexOf("status");
        _score = IndexOf("socialSelling");
    }

    private int IndexOf(string part) =>
        Array.FindIndex(
            [.. _header],
            name => CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, part, CompareOptions.OrdinalIgnoreCase) >= 0
        );
}
