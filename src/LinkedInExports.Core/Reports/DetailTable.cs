using System.Text.Json;

namespace LinkedInExports.Core.Reports;

/// <summary>
/// The table of a section. Stored by column, because values repeat. If there are more rows than a page can contain, the newest
/// ones are kept.
/// </summary>
/// <param name="maxRows">The maximum number of rows of a page.</param>
/// <param name="maxSize">The maximum size of a page's rows as JSON.</param>
internal sealed class DetailTable(int maxRows, long maxSize)
{
    private const int MaxColumns = 60;

    /// <summary>The number of rows between two checks of the size.</summary>
    private const int CheckInterval = 4096;

    private readonly List<DetailColumn> _columns = [];
    private readonly Dictionary<string, DetailColumn> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);
    private List<long> _times = [];
    private int _rowsUntilCheck = CheckInterval;

    /// <summary>The number of stored rows.</summary>
    internal int Count => _times.Count;

    /// <summary>The column by which rows are sorted, the newest first, or null if rows have no times.</summary>
    internal string? TimeColumn { get; set; }

    /// <summary>The number of columns that were dropped because of the limit.</summary>
    internal int MissingColumns => _missing.Count;

    /// <summary>Starts a new row.</summary>
    /// <param name="time">The value of <see cref="TimeColumn"/>.</param>
    internal void Begin(DateTimeOffset? time)
    {
        // The limits are exceeded by a factor of two, so that old rows are removed rarely.
        if (--_rowsUntilCheck < 0)
        {
            _rowsUntilCheck = CheckInterval;
            if (Count > 2L * maxRows || _columns.Sum(column => column.Size) > 2 * maxSize)
                RemoveOldRows();
        }

        _times.Add(time?.UtcTicks ?? long.MinValue);
    }

    /// <summary>Sets a text value of the current row.</summary>
    internal void Set(string column, string? value) => FindColumn(column, isTime: false)?.Set(Count - 1, value ?? "");

    /// <summary>Sets a time of the current row.</summary>
    internal void Set(string column, DateTimeOffset? value)
    {
        if (FindColumn(column, isTime: true) is { } times && value is { } time)
            times.Set(Count - 1, time);
    }

    /// <summary>Sets the values of a record's undocumented columns.</summary>
    internal void SetExtra(object record)
    {
        if (record is not IExtraColumns extra)
            return;
        for (int i = 0; i < extra.ExtraNames.Count; i++)
            Set(extra.ExtraNames[i], extra.GetExtra(i));
    }

    /// <summary>Gets the size of all rows as JSON, an upper bound.</summary>
    internal long GetSize() => GetSizes([.. Enumerable.Range(0, Count)]).Sum();

    /// <summary>Counts the newest rows that fit in a size.</summary>
    internal int CountFitting(long size) => CountFitting(GetOrder(), size);

    private int CountFitting(int[] order, long size)
    {
        int rows = 0;
        foreach (long rowSize in GetSizes(order))
        {
            size -= rowSize;
            if (size < 0)
                break;
            rows++;
        }

        return rows;
    }

    /// <summary>Writes the newest rows as JSON.</summary>
    internal void Write(Utf8JsonWriter json, int rows, long allRows)
    {
        json.WriteStartObject();
        json.WriteNumber("rows", rows);
        json.WriteNumber("allRows", allRows);
        json.WriteNumber("missingColumns", MissingColumns);
        json.WriteString("sortedBy", TimeColumn);
        json.WriteStartArray("columns");
        ReadOnlySpan<int> order = GetOrder().AsSpan(0, rows);
        foreach (DetailColumn column in _columns)
        {
            column.Write(json, order);
            json.Flush(); // Otherwise, the writer keeps the complete table in memory.
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Gets the row numbers, the newest row first. Rows without a time are last, in their order.</summary>
    private int[] GetOrder() => [.. Enumerable.Range(0, Count).OrderByDescending(row => _times[row])];

    private long[] GetSizes(int[] rows)
    {
        var sizes = new long[rows.Length];
        foreach (DetailColumn column in _columns)
            column.AddSizes(rows, sizes);
        return sizes;
    }

    private void RemoveOldRows()
    {
        int[] order = GetOrder();
        int[] kept = order.AsSpan(0, Math.Min(maxRows, CountFitting(order, maxSize))).ToArray();
        Array.Sort(kept);
        foreach (DetailColumn column in _columns)
            column.Keep(kept);
        _times = [.. kept.Select(row => _times[row])];
    }

    private DetailColumn? FindColumn(string name, bool isTime)
    {
        if (_byName.TryGetValue(name, out DetailColumn? column))
            return column;
        if (_columns.Count == MaxColumns)
        {
            // The set is bounded too, because a stream of objects can have any number of names.
            if (_missing.Count < MaxColumns)
                _missing.Add(name);
            return null;
        }

        column = new DetailColumn(name, isTime);
        _columns.Add(column);
        _byName.Add(name, column);
        return column;
    }
}
