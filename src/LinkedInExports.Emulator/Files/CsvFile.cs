using System.Text;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Files;

/// <summary>
/// A range of rows of an infinite table, generated when they are read.
/// </summary>
/// <remarks>
/// <c>Content-Length</c> is sent before the first row, and generating millions of rows twice is too slow. So the lengths of the
/// rows repeat with a period. The rows of one period are measured, and the length of the file is computed from
/// them.
/// </remarks>
internal sealed class CsvFile : IBody
{
    private readonly Column[] _columns;
    private readonly byte _delimiter;
    private readonly byte[] _preamble;
    private readonly byte[] _lineEnding;
    private readonly long[] _lengthOfFirst;
    private readonly int _longestRow;

    /// <param name="columns">The columns in order.</param>
    /// <param name="rows">The rows of the table that are in the file.</param>
    /// <param name="period">The number of rows after which the lengths repeat.</param>
    /// <param name="options">The line ending and byte order mark.</param>
    public CsvFile(IEnumerable<Column> columns, RowRange rows, int period, EmulatorOptions options)
    {
        _columns = [.. columns.Where(column => !options.Behavior.OmittedColumns.Contains(column.Name))];
        _delimiter = (byte)options.Behavior.Delimiter[0];
        _lineEnding = Encoding.UTF8.GetBytes(options.LineEnding);
        _preamble = CsvHeader.Bytes(_columns.Select(column => column.Name), options, hasHeader: true);
        Rows = rows;

        var scratch = new byte[(_columns.Length * (Column.MaxBytes + 1)) + _lineEnding.Length];
        _lengthOfFirst = new long[period + 1];
        for (int row = 0; row < period; row++)
        {
            int length = Write(scratch, row);
            _longestRow = Math.Max(_longestRow, length);
            _lengthOfFirst[row + 1] = _lengthOfFirst[row] + length;
        }

        Length = _preamble.Length + (rows.Count == 0 ? 0 : LengthOfFirst(rows.End) - LengthOfFirst(rows.First));
    }

    public RowRange Rows { get; }

    public long Length { get; }

    public int BufferSize => Math.Max(128 * 1024, Math.Max(_preamble.Length, _longestRow));

    public IBodyReader Open() => new Reader(this);

    private long LengthOfFirst(long rows)
    {
        (long periods, long rest) = Math.DivRem(rows, _lengthOfFirst.Length - 1);
        return (periods * _lengthOfFirst[^1]) + _lengthOfFirst[rest];
    }

    private int Write(Span<byte> target, long row)
    {
        int at = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            if (i > 0)
                target[at++] = _delimiter;
            at += _columns[i].Write(target[at..], row);
        }

        _lineEnding.CopyTo(target[at..]);
        return at + _lineEnding.Length;
    }

    private sealed class Reader(CsvFile file) : IBodyReader
    {
        private long _next = file.Rows.First;
        private bool _begun;

        public int Read(Span<byte> buffer)
        {
            if (!_begun)
            {
                _begun = true;
                file._preamble.CopyTo(buffer);
                if (file._preamble.Length > 0)
                    return file._preamble.Length;
            }

            int written = 0;
            while (_next < file.Rows.End && buffer.Length - written >= file._longestRow)
            {
                written += file.Write(buffer[written..], _next++);
            }

            return written;
        }
    }
}
