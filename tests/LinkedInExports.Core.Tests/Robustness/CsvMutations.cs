using System.Text;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>Changes one value of a table, counted modulo the numbers of rows and columns; row 0 is the header.</summary>
internal sealed record ReplaceCell(int Row, int Column, string Value) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(
            response,
            rows =>
            {
                string[] row = rows[Row % rows.Count];
                row[Column % row.Length] = Value;
            }
        );
}

internal sealed record RemoveColumn(int Column) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(
            response,
            rows =>
            {
                for (int row = 0; row < rows.Count; row++)
                    rows[row] = [.. rows[row].Where((_, index) => index != Column % rows[0].Length)];
            }
        );
}

internal sealed record RemoveRow(int Row) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(response, rows => rows.RemoveAt(Row % rows.Count));
}

internal sealed record RepeatRow(int Row) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(response, rows => rows.Insert(Row % rows.Count, rows[Row % rows.Count]));
}

internal sealed record ChangeDelimiter(string Delimiter) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        CsvChange.Apply(response, _ => { }, Delimiter);
}

internal static class CsvChange
{
    /// <summary>Changes a body with a table. Those of the emulator have no quotes.</summary>
    internal static void Apply(MutableResponse response, Action<List<string[]>> change, string delimiter = ",")
    {
        if (response.Header("Content-Type") != "text/csv" || response.Body.Length == 0)
            return;
        List<string[]> rows =
        [
            .. Encoding.Latin1.GetString(response.Body).TrimEnd('\n').Split('\n').Select(row => row.Split(',')),
        ];
        change(rows);
        response.Body = Encoding.Latin1.GetBytes(string.Concat(rows.Select(row => string.Join(delimiter, row) + "\n")));
    }
}
