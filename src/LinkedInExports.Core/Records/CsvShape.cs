using CsvHelper;

namespace LinkedInExports.Core.Records;

/// <summary>What a CSV file looks like from outside: its first row and how many there are.</summary>
internal sealed class CsvShape
{
    /// <summary>The fields of the first row; empty for an empty file.</summary>
    internal string[] FirstRow { get; private set; } = [];

    /// <summary>All rows, the first one too.</summary>
    internal long Rows { get; private set; }

    /// <summary>How many bytes the last value of the last row has.</summary>
    internal int LastValueLength { get; private set; }

    /// <summary>Whether the last row has as many fields as the first, and no quote in it is left open.</summary>
    internal bool LastRowIsWhole { get; private set; } = true;

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="CsvFormatException">A row is longer than <see cref="CsvDialect.MaxRowBytes"/>.</exception>
    internal static async Task<CsvShape> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var shape = new CsvShape();
        bool quoteLeftOpen = false;
        CsvReaderOptions options = CsvDialect.Lenient(
            row => quoteLeftOpen |= row.Reason == CsvMalformedReason.UnterminatedQuote);

        CsvReader reader = CsvReader.Create(stream, options, leaveOpen: true);
        await using (reader.ConfigureAwait(false))
        {
            int fields = 0;
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                if (shape.Rows++ == 0)
                    shape.FirstRow = reader.Current.ToArray();
                fields = reader.FieldCount;
                shape.LastValueLength = fields == 0 ? 0 : reader.GetSpan(fields - 1).Length;
            }

            shape.LastRowIsWhole = fields == shape.FirstRow.Length && !quoteLeftOpen;
        }

        return shape;
    }
}
