using System.Globalization;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports.Sections;

/// <summary>
/// The holders of seats. LinkedIn does not document the column names of a seat export, so columns are found by likely names,
/// and metrics without a column are omitted.
/// </summary>
internal sealed class SeatSection(DetailTable table, SeatNames names)
    : ReportSection(
        "seats",
        "Seats",
        "Seat holders, by the columns of the export. Each seat is counted as in its row with the newest date, or without dates, "
            + "as in its last row.",
        "rows",
        table
    )
{
    /// <summary>The maximum Social Selling Index.</summary>
    private const double MaxScore = 100;

    private readonly Dictionary<string, SeatState> _seats = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _header = [];
    private int _id = -1;
    private int _name = -1;
    private int _status = -1;
    private int _score = -1;
    private int _date = -1;
    private bool _hasUndatedRows;
    private bool _hasOmittedSeats;

    internal void Add(SeatRecord record)
    {
        Rows++;
        var row = (IExtraColumns)record;
        if (!ReferenceEquals(row.ExtraNames, _header))
            Find(row.ExtraNames);
        DateTimeOffset? date = _date < 0 ? null : DateText.Parse(row.GetExtra(_date));
        _hasUndatedRows |= date is null;
        if (_id >= 0)
            Store(row, date);
        Table.Begin(date);
        Table.SetExtra(record);
    }

    internal override IEnumerable<Metric> GetMetrics()
    {
        if (_seats.Count == 0 || _hasOmittedSeats)
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
        foreach (SeatState seat in _seats.Values.Where(seat => seat.Status.Length > 0))
            statuses.Add(seat.Status);
        if (statuses.NameCount == 0)
            return [];

        // Without dates, the page cannot find the newest row of a seat.
        string? column = _hasUndatedRows || _status < 0 ? null : _header[_status];
        return
        [
            CategoryChart.Create("By status", statuses, column, DisplayNames.Get, CategoryShape.Shares) with
            {
                DistinctColumn = column is null ? null : _header[_id],
            },
        ];
    }

    internal override IEnumerable<string> GetNotices() => _hasOmittedSeats ? [CreateLimitNotice("seats")] : [];

    private void Store(IExtraColumns row, DateTimeOffset? date)
    {
        string id = row.GetExtra(_id);
        bool isKnown = _seats.TryGetValue(id, out SeatState? known);
        if (isKnown && !IsNewer(date, known!.Date))
            return;
        if (!isKnown && _seats.Count == MaxNames)
        {
            _hasOmittedSeats = true;
            return;
        }

        _seats[id] = new SeatState(date, _status >= 0 ? row.GetExtra(_status) : "", ParseScore(row));
        if (_name >= 0)
            names.Add(id, row.GetExtra(_name));
    }

    /// <summary>Gets the score, or null. JSON cannot contain the average of NaN, infinite or very large numbers.</summary>
    private double? ParseScore(IExtraColumns row) =>
        _score >= 0
        && double.TryParse(row.GetExtra(_score), NumberStyles.Float, CultureInfo.InvariantCulture, out double score)
        && score is >= 0 and <= MaxScore
            ? score
            : null;

    /// <summary>Whether a row replaces an earlier one of the same seat. Rows without a date are the oldest.</summary>
    private static bool IsNewer(DateTimeOffset? date, DateTimeOffset? known) =>
        date is null ? known is null : known is null || date > known;

    private void Find(IReadOnlyList<string> header)
    {
        _header = header;
        _id = ExportSchema.IndexOf(header, "seatId");
        _date = ExportSchema.IndexOf(header, "date");
        _name = IndexOf("name");
        _status = IndexOf("status");
        _score = IndexOf("socialSelling");
        if (_date >= 0)
            Table.TimeColumn ??= header[_date];
    }

    private int IndexOf(string part) =>
        Array.FindIndex(
            [.. _header],
            name => CultureInfo.InvariantCulture.CompareInfo.IndexOf(name, part, CompareOptions.OrdinalIgnoreCase) >= 0
        );

    /// <summary>The newest values of a seat.</summary>
    private sealed record SeatState(DateTimeOffset? Date, string Status, double? Score);
}
