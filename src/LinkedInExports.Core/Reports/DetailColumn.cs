using System.Globalization;
using System.Text.Json;
using LinkedInExports.Core.Reports.Sections;

namespace LinkedInExports.Core.Reports;

/// <summary>A column, stored as indexes of its distinct texts or as Unix times.</summary>
internal sealed class DetailColumn(string name, bool isTime)
{
    /// <summary>The maximum length of an index or a time and its comma.</summary>
    private const int IndexSize = 7;
    private const int TimeSize = 12;

    /// <summary>The quotes and the comma of a text.</summary>
    private const int TextOverhead = 3;

    /// <summary>Longer texts are truncated.</summary>
    private const int MaxLength = 500;

    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private List<long> _values = [];

    /// <summary>The approximate size as JSON.</summary>
    internal long Size { get; private set; }

    private long Missing => isTime ? long.MinValue : -1; // -1 is a valid time.

    /// <summary>Truncates a text as in the table.</summary>
    internal static string Shorten(string value) => value.Length > MaxLength ? value.Substring(0, MaxLength) + "…" : value;

    internal void Set(int row, string value)
    {
        if (isTime || value.Length == 0)
            return;
        value = Shorten(value);
        if (!_numbers.TryGetValue(value, out int number))
        {
            number = _texts.Count;
            _texts.Add(value);
            _numbers.Add(value, number);
            Size += GetTextSize(value);
        }

        PlaceValue(row, number);
    }

    internal void Set(int row, DateTimeOffset value)
    {
        if (isTime)
            PlaceValue(row, value.ToUnixTimeSeconds());
    }

    /// <summary>Removes all rows except some.</summary>
    /// <param name="rows">The rows to keep, in ascending order.</param>
    internal void Keep(int[] rows)
    {
        long[] kept = [.. rows.Select(GetValue)];
        string[] texts = [.. _texts];
        _values = [];
        _texts.Clear();
        _numbers.Clear();
        Size = 0;
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i] == Missing)
                continue;
            if (isTime)
                PlaceValue(i, kept[i]);
            else
                Set(i, texts[(int)kept[i]]);
        }
    }

    /// <summary>Adds the size of each row as JSON to a list. A text counts in the first row that contains it.</summary>
    internal void AddSizes(int[] rows, long[] sizes)
    {
        var seen = new bool[_texts.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            sizes[i] += isTime ? TimeSize : IndexSize;
            long value = GetValue(rows[i]);
            if (isTime || value == Missing || seen[value])
                continue;
            seen[value] = true;
            sizes[i] += GetTextSize(_texts[(int)value]);
        }
    }

    internal void Write(Utf8JsonWriter json, ReadOnlySpan<int> rows)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("label", DisplayNames.GetHeading(name));
        if (isTime)
            WriteTimes(json, rows);
        else
            WriteTexts(json, rows);
        json.WriteEndObject();
    }

    private void WriteTimes(Utf8JsonWriter json, ReadOnlySpan<int> rows)
    {
        json.WriteString("kind", "time");
        json.WriteStartArray("values");
        foreach (int row in rows)
        {
            long value = GetValue(row);
            if (value == Missing)
                json.WriteNullValue();
            else
                json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private void WriteTexts(Utf8JsonWriter json, ReadOnlySpan<int> rows)
    {
        var used = new List<string>();
        var indexOf = new int[_texts.Count];
        long repeatedSize = 0;
        foreach (int row in rows)
        {
            long value = GetValue(row);
            if (value == Missing)
                continue;
            string text = _texts[(int)value];
            repeatedSize += GetTextSize(text);
            if (indexOf[value] != 0)
                continue;
            used.Add(text);
            indexOf[value] = used.Count;
        }

        json.WriteString("kind", GetKind(used));
        bool isIndexed = used.Sum(GetTextSize) + ((long)rows.Length * IndexSize) < repeatedSize || used.Count <= rows.Length / 2;
        if (isIndexed)
        {
            json.WriteStartArray("texts");
            foreach (string text in used)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }

        json.WriteStartArray("values");
        foreach (int row in rows)
        {
            long value = GetValue(row);
            if (isIndexed)
                json.WriteNumberValue(value == Missing ? -1 : indexOf[value] - 1);
            else
                json.WriteStringValue(value == Missing ? "" : _texts[(int)value]);
        }

        json.WriteEndArray();
    }

    /// <summary>Gets how the browser sorts the texts.</summary>
    private static string GetKind(List<string> texts) =>
        texts.Count == 0 ? "text"
        : texts.All(IsNumber) ? "number"
        : texts.All(text => DateText.TryParse(text, out _)) ? "date"
        : "text";

    /// <summary>Whether the browser can sort the value as a number without losing digits.</summary>
    private static bool IsNumber(string text) =>
        text.Length <= 15
        && double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out _
        );

    /// <summary>Gets the maximum size of a text as JSON. The encoder writes other characters as \uXXXX.</summary>
    private static long GetTextSize(string text)
    {
        long size = TextOverhead;
        foreach (char character in text)
            size += character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '-' and <= ':') or ' ' or '_' ? 1 : 6;
        return size;
    }

    private long GetValue(int row) => row < _values.Count ? _values[row] : Missing;

    private void PlaceValue(int row, long value)
    {
        while (_values.Count < row)
            _values.Add(Missing);
        if (_values.Count == row)
        {
            _values.Add(value);
            Size += isTime ? TimeSize : IndexSize;
        }
    }
}
