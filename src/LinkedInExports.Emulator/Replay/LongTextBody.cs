using System.Text;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Replay;

/// <summary>
/// A text of which only the start, the end, the length and perhaps the number of rows are known. The rows between them have the
/// same number of values as the last row of the start.
/// </summary>
internal sealed class LongTextBody : IBody
{
    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    private readonly byte[] _start;
    private readonly byte[] _end;
    private readonly byte[] _separators;
    private readonly long _lines;
    private readonly long _middle;

    public LongTextBody(RecordedBody body)
    {
        _start = Encoding.Latin1.GetBytes(body.Start);
        _end = Encoding.Latin1.GetBytes(body.End);
        Length = Math.Max(body.Length, _start.Length + _end.Length);
        _middle = Length - _start.Length - _end.Length;
        int last = _end.AsSpan().EndsWith("\n"u8) ? 0 : 1;
        long lines = body.Rows is { } rows ? rows - CountLines(_start) - CountLines(_end) - last : EstimateLines();
        _lines = Math.Clamp(lines, 0, _middle);
        _separators = GetSeparators(_start);
    }

    public long Length { get; }

    public int BufferSize => 4096;

    public IBodyReader Open() => new Reader(this);

    /// <summary>Estimates the number of rows by the length of those at the start.</summary>
    private long EstimateLines() => CountLines(_start) is > 0 and var lines ? _middle * lines / _start.Length : 0;

    private static int CountLines(ReadOnlySpan<byte> text) => text.Count((byte)'\n');

    /// <summary>Gets the separators of the last complete row, and the end of its line.</summary>
    private static byte[] GetSeparators(byte[] start)
    {
        string[] rows = Encoding.Latin1.GetString(start).Split('\n');
        string row = rows.Length > 1 ? rows[^2] : "";
        return
        [
            .. row.Select(character => (byte)character).Where(value => Delimiters.Contains(value)),
            .. row.EndsWith('\r') ? "\r\n"u8 : "\n"u8,
        ];
    }

    private byte GetByte(long position)
    {
        if (position < _start.Length)
            return _start[position];
        position -= _start.Length;
        if (position >= _middle)
            return _end[position - _middle];
        return _lines == 0 ? (byte)'x' : GetMiddleByte(position);
    }

    /// <summary>All rows have the same length, except that the first ones are a byte longer.</summary>
    private byte GetMiddleByte(long position)
    {
        long length = _middle / _lines;
        long longer = _middle % _lines;
        long inRow = position < longer * (length + 1) ? position % (length + 1) : (position - (longer * (length + 1))) % length;
        long fromEnd = (position < longer * (length + 1) ? length + 1 : length) - inRow;
        return fromEnd <= _separators.Length ? _separators[^(int)fromEnd] : (byte)'x';
    }

    private sealed class Reader(LongTextBody body) : IBodyReader
    {
        private long _position;

        public int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, body.Length - _position);
            for (int index = 0; index < count; index++)
                buffer[index] = body.GetByte(_position + index);
            _position += count;
            return count;
        }
    }
}
