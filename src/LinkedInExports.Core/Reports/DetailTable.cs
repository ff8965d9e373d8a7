using System.Globalization;
using System.Text.Json;

namespace LinkedInExports.Core.Reports;

/// <summary>The table of a section, with a limited number of rows. Stored by column, because values repeat.</summary>
internal sealed class DetailTable(int maxRows)
{
    private const int MaxColumns = 60;

    private readonly List<DetailColumn> _columns = [];
    private readonly Dictionary<string, DetailColumn> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _missing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The number of stored rows.</summary>
    internal int Count { get; private set; }

    /// <summary>The number of columns that were dropped because of the limit.</summary>
    internal int MissingColumns => _missing.Count;

    /// <summary>Starts a new row.</summary>
    /// <returns>False if the table is full.</returns>
    internal bool TryBegin()
    {
        if (Count == maxRows)
            return false;
        Count++;
        return true;
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

    /// <summary>Writes the first rows as JSON.</summary>
    internal void Write(Utf8JsonWriter json, int rows, long allRows)
    {
        json.WriteStartObject();
        json.WriteNumber("rows", rows);
        json.WriteNumber("allRows", allRows);
        json.WriteNumber("missingColumns", MissingColumns);
        json.WriteStartArray("columns");
        foreach (DetailColumn column in _columns)
        {
            column.Write(json, rows);
            json.Flush(); // Otherwise, the writer keeps the complete table in memory.
        }

        json.WriteEndArray();
        json.WriteEndObject();
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

/// <summary>A column, stored as indexes of its distinct texts or as Unix times.</summary>
internal sealed class DetailColumn(string name, bool isTime)
{
    private const long Missing = -1;

    /// <summary>Longer texts are truncated.</summary>
    private const int MaxLength = 500;

    private readonly List<long> _values = [];
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    internal void Set(int row, string value)
    {
        if (isTime || value.Length == 0)
            return;
        if (value.Length > MaxLength)
            value = value.Substring(0, MaxLength) + "…";
        if (!_numbers.TryGetValue(value, out int number))
        {
            number = _texts.Count;
            _texts.Add(value);
            _numbers.Add(value, number);
        }

        PlaceValue(row, number);
    }

    internal void Set(int row, DateTimeOffset value)
    {
        if (isTime)
            PlaceValue(row, value.ToUnixTimeSeconds());
    }

    internal void Write(Utf8JsonWriter json, int rows)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        if (isTime)
        {
            json.WriteString("kind", "time");
            json.WriteStartArray("values");
            for (int i = 0; i < rows; i++)
            {
                // -1 is a valid time here, so long.MinValue marks a missing one.
                if (i < _values.Count && _values[i] != long.MinValue)
                    json.WriteNumberValue(_values[i]);
                else
                    json.WriteNullValue();
            }
        }
        else
        {
            WriteTexts(json, rows);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteTexts(Utf8JsonWriter json, int rows)
    {
        // Texts are indexed in the order in which they first occur, so the first rows use the first texts.
        int used = 1 + (int)_values.Take(rows).DefaultIfEmpty(Missing).Max();
        json.WriteString("kind", used > 0 && _texts.Take(used).All(IsNumber) ? "number" : "text");
        bool repeats = used <= rows / 2;
        if (repeats)
        {
            json.WriteStartArray("texts");
            foreach (string text in _texts.Take(used))
                json.WriteStringValue(text);
            json.WriteEndArray();
        }

        json.WriteStartArray("values");
        for (int i = 0; i < rows; i++)
        {
            long number = i < _values.Count ? _values[i] : Missing;
            if (repeats)
                json.WriteNumberValue(number);
            else
                json.WriteStringValue(number < 0 ? "" : _texts[(int)number]);
        }
    }

    /// <summary>Whether the browser can sort the value as a number without losing digits.</summary>
    private static bool IsNumber(string text) =>
        text.Length <= 15
        && double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out _
        );

    private void PlaceValue(int row, long value)
    {
        while (_values.Count < row)
            _values.Add(isTime ? long.MinValue : Missing);
        if (_values.Count == row)
            _values.Add(value);
    }
}
