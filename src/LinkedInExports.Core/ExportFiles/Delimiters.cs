using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Finds the character that separates the values of a file. LinkedIn does not document it.</summary>
internal static class Delimiters
{
    /// <summary>The default delimiter.</summary>
    internal const char Default = ',';

    private static readonly char[] Candidates = [Default, ';', '\t'];

    /// <summary>
    /// Gets the delimiter with which the first row has the most documented columns, then the one with the most values, then the
    /// comma.
    /// </summary>
    /// <param name="head">The start of the text as UTF-8.</param>
    /// <param name="columns">The number of values in a row; null if it is unknown.</param>
    internal static char Detect(ReadOnlyMemory<byte> head, int? columns = null)
    {
        int end = CsvDialect.FindRowEnd(head.Span);
        if ((end < 0 ? head : head.Slice(0, end)).Span.IndexOfAny((byte)';', (byte)'\t') < 0)
            return Default;

        return Candidates
            .Select(candidate => (Delimiter: candidate, Row: ReadFirstRow(head, candidate)))
            .OrderByDescending(found => found.Row.Length == columns)
            .ThenByDescending(found => ExportSchema.CountDocumentedColumns(found.Row))
            .ThenByDescending(found => found.Row.Length)
            .First()
            .Delimiter;
    }

    /// <summary>Whether a character can separate values.</summary>
    internal static bool IsValid(char delimiter) => delimiter is > '\0' and < '\x80' and not ('"' or '\r' or '\n');

    private static string[] ReadFirstRow(ReadOnlyMemory<byte> head, char delimiter)
    {
        using CsvReader reader = CsvReader.Create(head, CsvDialect.ForCounting(delimiter, _ => { }));
        return reader.Read() ? reader.Current.ToArray() : [];
    }
}
