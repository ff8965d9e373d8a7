using System.Globalization;
using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>How LinkedIn's CSV is read: RFC 4180, CRLF or LF, with or without a byte order mark.</summary>
/// <remarks>
/// Blank lines are rows here: in a file of one column, a blank line is a record with an empty value. Where rows have more
/// values, those who read pass over them.
/// </remarks>
internal static class CsvDialect
{
    /// <summary>
    /// The longest row, in bytes. A row of an export has a few hundred; one quote too many must not swallow a file of
    /// gigabytes into memory.
    /// </summary>
    internal const int MaxRowBytes = 16 * 1024 * 1024;

    /// <summary>How much is read at a time.</summary>
    internal const int BufferBytes = 256 * 1024;

    /// <summary>For counting what a file holds, good or bad.</summary>
    internal static CsvReaderOptions Lenient(char delimiter, Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = delimiter,
        DetectSeparatorHint = false,
        HasHeader = false,
        SkipEmptyLines = false,
        MaxRecordSize = MaxRowBytes,
        BufferSize = BufferBytes,
        IncludeValuesInExceptions = false,
        OnMalformedRecord = onMalformed,
    };

    /// <summary>
    /// For reading records: nothing is repaired in silence. The reader passes over a malformed row after it was
    /// reported; whether that ends the reading is for the one who hears the report.
    /// </summary>
    internal static CsvReaderOptions Strict(char delimiter, Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = delimiter,
        DetectSeparatorHint = false,
        HasHeader = false, // The header is read as a row, so that it is checked as rows are.
        SkipEmptyLines = false,
        MaxRecordSize = MaxRowBytes,
        BufferSize = BufferBytes,
        IncludeValuesInExceptions = false, // Rows are personal data.
        FormatProvider = CultureInfo.InvariantCulture,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Allow, // For the same reason, the one who reads compares the counts.
        MissingField = CsvMissingFieldHandling.Throw,
        PoolStrings = true, // Types repeat in every row, and people keep the records.
        OnMalformedRecord = onMalformed,
    };

    /// <summary>Whether the current row is a blank line.</summary>
    internal static bool IsBlankLine(CsvReader row) => row.FieldCount == 1 && row.RawRecord.IsEmpty;

    /// <summary>Where the first row ends, at a line break that is not in quotes; -1 if that is not in the text.</summary>
    internal static int FindRowEnd(ReadOnlySpan<byte> text)
    {
        bool isQuoted = false;
        for (int at = 0; ; at++)
        {
            int found = text.Slice(at).IndexOfAny((byte)'"', (byte)'\r', (byte)'\n');
            if (found < 0)
                return -1;
            at += found;
            if (text[at] == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted)
                return at;
        }
    }
}
