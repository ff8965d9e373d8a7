using System.Globalization;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports;

/// <summary>Counts occurrences of names over time.</summary>
/// <param name="finest">The shortest unit of the chart's columns.</param>
/// <param name="preferred">The shortest unit that the chart shows at first.</param>
internal sealed class Timeline(TimeUnit finest, TimeUnit preferred)
{
    /// <summary>With more columns, a column would be narrower than a line.</summary>
    private const int MaxColumns = 400;

    /// <summary>With more days, the pattern of weekdays and weekends hides the trend.</summary>
    private const int MaxDays = 120;

    /// <summary>The maximum number of columns of a unit that can be selected.</summary>
    private const int MaxSelectableColumns = 800;

    /// <summary>The maximum number of values of a series in the page.</summary>
    private const int MaxValues = 5_000;
    private const int MaxSeries = 7;

    /// <summary>The maximum fraction of outliers that are excluded from the time axis.</summary>
    private const double MaxOutlierShare = 0.005;

    private const string OtherSeries = "Others";

    private readonly Dictionary<(long Number, string Name), long> _counts = [];
    private readonly FrequencyCounter _names = new(maxNames: 200);

    internal void Add(DateTimeOffset time, string name)
    {
        _names.Add(name);
        (long, string) key = (finest.GetNumber(time), name);
        _counts.TryGetValue(key, out long count);
        _counts[key] = count + 1;
    }

    /// <summary>Creates a chart, or returns null if there are no times.</summary>
    /// <param name="title">The heading of the chart, with the placeholder <c>{unit}</c>.</param>
    /// <param name="timeColumn">The table's column with the times.</param>
    /// <param name="seriesColumn">The table's column with the names.</param>
    /// <param name="label">Gets the display name of a name.</param>
    internal ColumnChart? ToChart(string title, string timeColumn, string seriesColumn, Func<string, string> label)
    {
        if (_counts.Count == 0)
            return null;

        long[] all = [.. _counts.Keys.Select(key => key.Number).Distinct()];
        Array.Sort(all);
        (TimeUnit unit, (long First, long Last) range) = FindScale(all);
        if (unit == TimeUnit.Day && CountColumns(unit, range) > MaxDays)
            unit = TimeUnit.Week;
        TimeUnit stored = FindStoredUnit(all, range);
        var scale = new TimeScale(
            unit,
            FindSelectableUnits(stored, unit, range),
            finest.GetStart(range.First),
            finest.GetEnd(range.Last)
        );
        return CreateChart(title, label, scale, stored, range) with { TimeColumn = timeColumn, SeriesColumn = seriesColumn };
    }

    /// <summary>Finds the shortest unit that fits, and the range of its columns.</summary>
    private (TimeUnit Unit, (long First, long Last) Range) FindScale(long[] all)
    {
        (long First, long Last) whole = (all[0], all[all.Length - 1]);
        (long First, long Last) dense = FindDensestRange(all);
        for (TimeUnit unit = preferred; ; unit++)
        {
            long columns = CountColumns(unit, whole);
            long denseColumns = CountColumns(unit, dense);
            if (columns <= MaxColumns)
                return (unit, whole);
            if (denseColumns <= Math.Min(MaxColumns, columns / 2)) // Rows are excluded only for a much shorter axis.
                return (unit, dense);
            if (unit == TimeUnit.Year)
                return (unit, (finest.GetNumber(unit.GetStart(GetNumber(unit, dense.Last) - MaxColumns + 1)), dense.Last));
        }
    }

    private List<TimeUnit> FindSelectableUnits(TimeUnit stored, TimeUnit initial, (long First, long Last) range)
    {
        TimeUnit last = finest < TimeUnit.Day ? TimeUnit.Day : TimeUnit.Month;
        var units = new List<TimeUnit>();
        for (TimeUnit candidate = stored; candidate <= TimeUnit.Year; candidate++)
        {
            bool isUseful = candidate <= last && CountColumns(candidate, range) is > 1 and <= MaxSelectableColumns;
            if (candidate == initial || isUseful)
                units.Add(candidate);
        }

        return units;
    }

    /// <summary>Finds a unit of which all longer ones are multiples, and that has a limited number of values.</summary>
    private TimeUnit FindStoredUnit(long[] all, (long First, long Last) range)
    {
        TimeUnit unit = finest;
        while (unit < TimeUnit.Year && CountValues(unit) > MaxValues)
            unit = unit == TimeUnit.Day ? TimeUnit.Month : unit + 1;
        return unit;

        int CountValues(TimeUnit candidate) =>
            all.Where(number => number >= range.First && number <= range.Last)
                .Select(number => GetNumber(candidate, number))
                .Distinct()
                .Count();
    }

    /// <summary>Finds the shortest range that contains nearly all times.</summary>
    private (long First, long Last) FindDensestRange(long[] numbers)
    {
        ILookup<long, long> counts = _counts.ToLookup(entry => entry.Key.Number, entry => entry.Value);
        long[] sums = [.. numbers.Select(number => counts[number].Sum())];
        long wanted = (long)Math.Ceiling(_names.Total * (1 - MaxOutlierShare));

        (long First, long Last) shortest = (numbers[0], numbers[numbers.Length - 1]);
        long sum = 0;
        int first = 0;
        for (int last = 0; last < numbers.Length; last++)
        {
            sum += sums[last];
            while (sum - sums[first] >= wanted)
                sum -= sums[first++];
            if (sum >= wanted && numbers[last] - numbers[first] < shortest.Last - shortest.First)
                shortest = (numbers[first], numbers[last]);
        }

        return shortest;
    }

    private long GetNumber(TimeUnit unit, long finestNumber) => unit.GetNumber(finest.GetStart(finestNumber));

    private long CountColumns(TimeUnit unit, (long First, long Last) range) =>
        GetNumber(unit, range.Last) - GetNumber(unit, range.First) + 1;

    private ColumnChart CreateChart(
        string title,
        Func<string, string> label,
        TimeScale scale,
        TimeUnit stored,
        (long First, long Last) range
    )
    {
        string[] names = [.. _names.GetTop(MaxSeries).Select(entry => entry.Key)];
        var places = names
            .Select((name, place) => (name, place))
            .ToDictionary(entry => entry.name, entry => entry.place, StringComparer.Ordinal);
        bool hasOthers = _names.NameCount > names.Length;
        var values = new SortedDictionary<long, long[]>();
        long before = 0;
        long after = 0;
        foreach (KeyValuePair<(long Number, string Name), long> entry in _counts)
        {
            if (entry.Key.Number < range.First)
            {
                before += entry.Value;
            }
            else if (entry.Key.Number > range.Last)
            {
                after += entry.Value;
            }
            else
            {
                long number = GetNumber(stored, entry.Key.Number);
                if (!values.TryGetValue(number, out long[]? column))
                    values[number] = column = new long[names.Length + (hasOthers ? 1 : 0)];
                column[places.TryGetValue(entry.Key.Name, out int place) ? place : names.Length] += entry.Value;
            }
        }

        List<Series> series =
        [
            .. names.Select((name, i) => new Series(name, label(name), [.. values.Values.Select(column => column[i])])),
        ];
        if (hasOthers)
            series.Add(new Series(null, OtherSeries, [.. values.Values.Select(column => column[names.Length])]));
        List<DateTimeOffset> starts = [.. values.Keys.Select(number => stored.GetStart(number))];
        return new ColumnChart(title, scale, starts, series, GetNote(before, range.First, after, range.Last));
    }

    private string? GetNote(long before, long first, long after, long last)
    {
        string[] parts =
        [
            .. before > 0 ? [GetPart(before, "before", first)] : Array.Empty<string>(),
            .. after > 0 ? [GetPart(after, "after", last)] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : $"Not shown: {string.Join(" and ", parts)}.";
    }

    private string GetPart(long rows, string side, long number) =>
        string.Format(
            CultureInfo.InvariantCulture,
            "{0:N0} {1} {2} {3:yyyy-MM-dd}",
            rows,
            rows == 1 ? "row" : "rows",
            side,
            finest.GetStart(number)
        );
}
