using System.Globalization;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports;

/// <summary>Counts occurrences of names over time.</summary>
/// <param name="finest">The shortest unit of the chart's columns.</param>
internal sealed class Timeline(TimeUnit finest)
{
    /// <summary>With more columns, a column would be narrower than a line.</summary>
    private const int MaxColumns = 400;
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

    /// <summary>Creates a chart with the shortest unit that fits, or returns null if there are no times.</summary>
    internal ColumnChart? ToChart(Func<TimeUnit, string> title)
    {
        if (_counts.Count == 0)
            return null;

        long[] all = [.. _counts.Keys.Select(key => key.Number).Distinct()];
        Array.Sort(all);
        (long First, long Last) whole = (all[0], all[all.Length - 1]);
        (long First, long Last) dense = FindDensestRange(all);
        for (TimeUnit unit = finest; ; unit++)
        {
            if (CountColumns(unit, whole) <= MaxColumns)
                return CreateChart(title(unit), unit, whole);
            if (CountColumns(unit, dense) <= MaxColumns)
                return CreateChart(title(unit), unit, dense);
            if (unit == TimeUnit.Year)
            {
                return CreateChart(
                    title(unit),
                    unit,
                    (finest.GetNumber(unit.GetStart(GetNumber(unit, dense.Last) - MaxColumns + 1)), dense.Last)
                );
            }
        }
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

    private ColumnChart CreateChart(string title, TimeUnit unit, (long First, long Last) range)
    {
        long first = GetNumber(unit, range.First);
        int columns = (int)CountColumns(unit, range);
        string[] names = [.. _names.GetTop(MaxSeries).Select(entry => entry.Key)];
        bool hasOthers = _names.NameCount > names.Length;
        var series = names
            .Concat(hasOthers ? [OtherSeries] : Array.Empty<string>())
            .Select(name => new Series(name, new long[columns]))
            .ToList();
        var places = names
            .Select((name, place) => (name, place))
            .ToDictionary(entry => entry.name, entry => entry.place, StringComparer.Ordinal);

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
                series[places.TryGetValue(entry.Key.Name, out int place) ? place : names.Length].Values[
                    GetNumber(unit, entry.Key.Number) - first
                ] += entry.Value;
            }
        }

        List<DateTimeOffset> starts = [.. Enumerable.Range(0, columns).Select(i => unit.GetStart(first + i))];
        return new ColumnChart(title, unit, starts, series, GetNote(before, range.First, after, range.Last));
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
