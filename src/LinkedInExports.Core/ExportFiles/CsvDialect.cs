using System.Globalization;
using CsvHelper;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Settings for reading LinkedIn's CSV: RFC 4180, CRLF or LF, with or without a byte order mark.</summary>
/// <remarks>
/// Blank lines are rows: in a file with one column, a blank line is a record with an empty value. In other files, readers skip
/// them.
/// </remarks>
internal static class CsvDialect
{
    /// <summary>
    /// The maximum length of a row, in bytes, so that an unclosed quote does not read a large file into memory. Rows of exports
    /// have a few hundred bytes.
    /// </summary>
    internal const int MaxRowBytes = 16 * 1024 * 1024;

    /// <summary>The size of the read buffer.</summary>
    internal const int BufferBytes = 256 * 1024;

    /// <summary>Creates settings for counting rows, valid or not.</summary>
    internal static CsvReaderOptions ForCounting(char delimiter, Action<CsvMalformedRecord> onMalformed) =>
        new()
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
    /// Creates settings for reading records, without silent repairs. The reader skips a malformed row after it is reported; the
    /// callback decides whether reading ends.
    /// </summary>
    internal static CsvReaderOptions ForRecords(char delimiter, Action<CsvMalformedRecord> onMalformed) =>
        new()
        {
            Separator = delimiter,
            DetectSeparatorHint = false,
            HasHeader = false, // The header is read as a row, to be validated like one.
            SkipEmptyLines = false,
            MaxRecordSize = MaxRowBytes,
            BufferSize = BufferBytes,
            IncludeValuesInExceptions = false, // Rows are personal data.
            FormatProvider = CultureInfo.InvariantCulture,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Allow, // Callers compare the counts, to report the first missing column.
            MissingField = CsvMissingFieldHandling.Throw,
            PoolStrings = true, // Types repeat in each row, and users keep the records.
            OnMalformedRecord = onMalformed,
        };

    /// <summary>Whether the current row is a blank line.</summary>
    internal static bool IsBlankLine(CsvReader row) => row.FieldCount == 1 && row.RawRecord.IsEmpty;

    /// <summary>Finds the end of the first row, at a line break outside of quotes; -1 if it is not in the text.</summary>
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
