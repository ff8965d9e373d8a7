using System.Globalization;
using CsvHelper;

namespace LinkedInExports.Core.Records;

/// <summary>How LinkedIn's CSV is read: RFC 4180 with commas, CRLF or LF, with or without a byte order mark.</summary>
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
    internal static CsvReaderOptions Lenient(Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = ',',
        DetectSeparatorHint = false,
        HasHeader = false,
        MaxRecordSize = MaxRowBytes,
        BufferSize = BufferBytes,
        IncludeValuesInExceptions = false,
        OnMalformedRecord = onMalformed,
    };

    /// <summary>
    /// For reading records: nothing is repaired in silence. The reader passes over a malformed row after it was
    /// reported; whether that ends the reading is for the one who hears the report.
    /// </summary>
    internal static CsvReaderOptions Strict(bool hasHeader, Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = ',',
        DetectSeparatorHint = false,
        HasHeader = hasHeader,
        MaxRecordSize = MaxRowBytes,
        BufferSize = BufferBytes,
        IncludeValuesInExceptions = false, // Rows are personal data.
        FormatProvider = CultureInfo.InvariantCulture,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Skip,
        MissingField = CsvMissingFieldHandling.Throw,
        PoolStrings = true, // Types repeat in every row, and people keep the records.
        OnMalformedRecord = onMalformed,
    };
}
