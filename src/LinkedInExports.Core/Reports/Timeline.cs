using System.Globalization;
using LinkedInExports.Core.Reports.Charts;

namespace LinkedInExports.Core.Reports;

/// <summary>Counts names over time.</summary>
/// <param name="finest">The shortest columns that the chart may have.</param>
internal sealed class Timeline(TimeUnit finest)
{
    /// <summary>More columns than that are thinner than a line.</summary>
    private const int MaxColumns = 400;
    private const int MaxSeries = 7;

    /// <summary>How much of all may be left out so that a few stray times do not press the others together.</summary>
    private const double MaxStray = 0.005;

    private const string Others = "Others";

    private readonly Dictionary<(long Number, string Name), long> _counts = [];
    private readonly Tally _names = new(maxNames: 200);

    internal void Add(DateTimeOffset time, string name)
    {
        _names.Add(name);
        (long, string) key = (finest.NumberOf(time), name);
        _counts.TryGetValue(key, out long count);
        _counts[key] = count + 1;
    }

    /// <summary>The chart with the shortest columns that fit in; null for no times at all.</summary>
    internal ColumnChart? ToChart(Func<TimeUnit, string> title)
    {
        if (_counts.Count == 0)
            return null;

        long[] all = [.. _counts.Keys.Select(key => key.Number).Distinct()];
        Array.Sort(all);
        (long First, long Last) whole = (all[0], all[all.Length - 1]);
        (long First, long Last) dense = Densest(all);
        for (TimeUnit unit = finest; ; unit++)
        {
            if (Columns(unit, whole) <= MaxColumns)
                return Draw(title(unit), unit, whole);
            if (Columns(unit, dense) <= MaxColumns)
                return Draw(title(unit), unit, dense);
            if (unit == TimeUnit.Year)
                return Draw(title(unit), unit, (finest.NumberOf(unit.StartOf(Number(unit, dense.Last) - MaxColumns + 1)), dense.Last));
        }
    }

    /// <summary>The shortest time in which nearly everything happened.</summary>
    private (long First, long Last) Densest(long[] numbers)
    {
        ILookup<long, long> counts = _counts.ToLookup(entry => entry.Key.Number, entry => entry.Value);
        long[] sums = [.. numbers.Select(number => counts[number].Sum())];
        long wanted = (long)Math.Ceiling(_names.Total * (1 - MaxStray));

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

    private long Number(TimeUnit unit, long finestNumber) => unit.NumberOf(finest.StartOf(finestNumber));

    private long Columns(TimeUnit unit, (long First, long Last) range) => Number(unit, range.Last) - Number(unit, range.First) + 1;

    private ColumnChart Draw(string title, TimeUnit unit, (long First, long Last) range)
    {
        long first = Number(unit, range.First);
        int columns = (int)Columns(unit, range);
        string[] names = [.. _names.Top(MaxSeries).Select(entry => entry.Key)];
        bool hasOthers = _names.Names > names.Length;
        var series = names.Concat(hasOthers ? [Others] : Array.Empty<string>()).Select(name => new Series(name, new long[columns])).ToList();
        var places = names.Select((name, place) => (name, place)).ToDictionary(entry => entry.name, entry => entry.place, StringComparer.Ordinal);

        long before = 0;
        long after = 0;
        foreach (KeyValuePair<(long Number, string Name), long> entry in _counts)
        {
            if (entry.Key.Number < range.First)
                before += entry.Value;
            else if (entry.Key.Number > range.Last)
                after += entry.Value;
            else
                series[places.TryGetValue(entry.Key.Name, out int place) ? place : names.Length].Values[Number(unit, entry.Key.Number) - first] += entry.Value;
        }

        List<DateTimeOffset> starts = [.. Enumerable.Range(0, columns).Select(i => unit.StartOf(first + i))];
        return new ColumnChart(title, unit, starts, series, Note(before, range.First, after, range.Last));
    }

    private string? Note(long before, long first, long after, long last)
    {
        string[] parts =
        [
            .. before > 0 ? [Part(before, "before", first)] : Array.Empty<string>(),
            .. after > 0 ? [Part(after, "after", last)] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : $"Not shown: {string.Join(" and ", parts)}.";
    }

    private string Part(long rows, string side, long number) => string.Format(
        CultureInfo.InvariantCulture, "{0:N0} {1} {2} {3:yyyy-MM-dd}", rows, rows == 1 ? "row" : "rows", side, finest.StartOf(number));
}
