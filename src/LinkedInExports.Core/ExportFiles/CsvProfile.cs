using System.Buffers;
using CsvHelper;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Row count, header and trailing-row facts of a CSV file.</summary>
internal sealed class CsvProfile
{
    /// <summary>The fields of the first row; empty for an empty file.</summary>
    internal string[] FirstRow { get; private set; } = [];

    /// <summary>The character that separates the values.</summary>
    internal char Delimiter { get; private set; } = Delimiters.Default;

    /// <summary>
    /// The number of rows, including the first one. Blank lines are rows if the first row has one value, unless they precede it.
    /// </summary>
    internal long RowCount { get; private set; }

    /// <summary>The length of the last value of the last row, in bytes.</summary>
    internal int LastValueLength { get; private set; }

    /// <summary>Whether the last row has as many fields as the first one, and no unclosed quote.</summary>
    internal bool IsLastRowComplete { get; private set; } = true;

    /// <summary>Reads a stream to its end.</summary>
    /// <remarks>
    /// Most exports have no quotes and no blank lines, so counting line feeds is sufficient and several times faster. From the
    /// first other row on, CsvHelper reads the file.
    /// </remarks>
    /// <exception cref="CsvFormatException">A row is longer than <see cref="CsvDialect.MaxRowBytes"/>.</exception>
    internal static async Task<CsvProfile> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var profile = new CsvProfile();
        FastRowCounter? plain = null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(CsvDialect.BufferBytes);
        try
        {
            int held = 0;
            while (true)
            {
                int read = await stream.ReadAsync(buffer, held, buffer.Length - held, cancellationToken).ConfigureAwait(false);
                int end = held + read;
                if (plain is null)
                {
                    if (FindDelimiter(buffer, end, isLast: read == 0 || end == buffer.Length) is not { } delimiter)
                    {
                        held = end;
                        continue;
                    }

                    profile.Delimiter = delimiter;
                    plain = new FastRowCounter((byte)delimiter);
                }

                int taken = plain.Consume(buffer.AsSpan(0, end), isLast: read == 0);
                if (profile.RowCount == 0 && plain.RowCount > 0)
                    profile.FirstRow = profile.ParseFirstRow(buffer, taken);
                profile.RowCount = plain.RowCount;

                held = end - taken;
                buffer.AsSpan(taken, held).CopyTo(buffer);
                if (plain.HasComplexData || held == buffer.Length)
                {
                    await profile.ReadRestAsync(plain, buffer.AsMemory(0, held), stream, cancellationToken).ConfigureAwait(false);
                    return profile;
                }

                if (read == 0)
                {
                    profile.LastValueLength = plain.LastValueLength;
                    profile.IsLastRowComplete = plain.LastRowFieldCount == profile.FirstRow.Length;
                    return profile;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads rows with quotes or blank lines.</summary>
    private async Task ReadRestAsync(
        FastRowCounter before,
        ReadOnlyMemory<byte> held,
        Stream stream,
        CancellationToken cancellationToken
    )
    {
        bool quoteLeftOpen = false;
        CsvReaderOptions options = CsvDialect.ForCounting(
            Delimiter,
            row => quoteLeftOpen |= row.Reason == CsvMalformedReason.UnterminatedQuote
        );

        // A placeholder replaces previous rows, because bytes at the start of a file can have another meaning.
        using var rest = new PrefixedStream([.. before.RowCount > 0 ? FastRowCounter.Placeholder : [], .. held.Span], stream);
        CsvReader reader = CsvReader.Create(rest, options, leaveOpen: true);
        await using (reader.ConfigureAwait(false))
        {
            if (before.RowCount > 0)
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            int fields = before.LastRowFieldCount;
            LastValueLength = before.LastValueLength;
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (CsvDialect.IsBlankLine(reader) && FirstRow.Length != 1)
                    continue;
                if (RowCount++ == 0)
                    FirstRow = reader.Current.ToArray();
                fields = reader.FieldCount;
                LastValueLength = fields == 0 ? 0 : reader.GetSpan(fields - 1).Length;
            }

            IsLastRowComplete = fields == FirstRow.Length && !quoteLeftOpen;
        }
    }

    private string[] ParseFirstRow(byte[] buffer, int length)
    {
        using CsvReader reader = CsvReader.Create(buffer.AsMemory(0, length), CsvDialect.ForCounting(Delimiter, _ => { }));
        return reader.Read() ? reader.Current.ToArray() : [];
    }

    /// <summary>Gets the delimiter of the first row, or null if the row is not complete.</summary>
    private static char? FindDelimiter(byte[] buffer, int length, bool isLast)
    {
        using var start = new MemoryStream(buffer, 0, length, writable: false);
        ReadOnlyMemory<byte> head = ExportText.Open(start, encoding: null).Head;
        return isLast || CsvDialect.FindRowEnd(head.Span) >= 0 ? Delimiters.Detect(head) : null;
    }
}
