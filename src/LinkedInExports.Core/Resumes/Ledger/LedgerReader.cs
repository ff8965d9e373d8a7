using LinkedInExports.Core.Durability;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// Reads a ledger line by line. What a crash left at its end is no part of it; a line that is damaged between good ones is
/// an error, because nobody knows what it said.
/// </summary>
internal sealed class LedgerReader(Stream stream, string path, int pieceSize = 64 * 1024)
{
    private const int LongestLine = 1024 * 1024;

    /// <summary>Most lines are shorter, and where one of a million is looked up, no more should be read.</summary>
    private const int SingleLine = 1024;

    private byte[] _buffer = new byte[pieceSize];
    private int _start;
    private int _end;
    private long _offset;

    /// <summary>Where the good lines end.</summary>
    internal long End { get; private set; }

    /// <summary>Whether something comes after the good lines.</summary>
    internal bool HasTornTail { get; private set; }

    /// <summary>Whether any line has an end, good or not.</summary>
    internal bool HasWholeLine { get; private set; }

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.LedgerDamaged"/>.</exception>
    internal IEnumerable<(long Offset, LedgerLine Line)> Lines()
    {
        while (Next() is { } next)
        {
            if (next.Line is { } line)
            {
                if (HasTornTail)
                    throw Damaged(path, $"a line at byte {End} is not as it was written");
                End = next.Offset + next.Length;
                yield return (next.Offset, line);
            }
            else
            {
                HasTornTail = true;
            }
        }
    }

    /// <summary>Takes all lines into a state.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.LedgerDamaged"/>, <see cref="LinkedInErrorId.LedgerMismatch"/>.</exception>
    internal LedgerReader ReadInto(LedgerState state)
    {
        foreach ((long offset, LedgerLine line) in Lines())
        {
            if (offset == 0)
                DemandHeader(line);
            state.Apply(line, offset);
        }

        return this;
    }

    /// <summary>The line of a record, at the place that an index names.</summary>
    internal static LedgerLine At(Stream stream, long offset, ResumeKey key, string path)
    {
        stream.Position = offset;
        return new LedgerReader(stream, path, SingleLine).Next()?.Line is { } line && line.Key == key
            ? line
            : throw Damaged(path, $"the line at byte {offset} is not the one that was there");
    }

    internal static LinkedInException Damaged(string path, string why) =>
        new(LinkedInErrorId.LedgerDamaged, $"{path} is damaged: {why}. It was left as it is.") { Target = path };

    internal static LinkedInException Foreign(string path, string? owner, string api) =>
        new(LinkedInErrorId.LedgerMismatch, $"The ledger {path} belongs to {owner}, and this connection is to {api}.") { Target = path };

    /// <summary>The first line says which version of the form it is.</summary>
    private void DemandHeader(LedgerLine line)
    {
        if (line is { Kind: LedgerKind.Ledger, Version: > LedgerLine.CurrentVersion })
        {
            throw new LinkedInException(
                LinkedInErrorId.LedgerMismatch, $"{path} was written by a newer version of this module (form {line.Version}).")
            { Target = path };
        }

        if (line is not { Kind: LedgerKind.Ledger, Version: LedgerLine.CurrentVersion, Api: not null })
            throw Damaged(path, "its first line is not that of a ledger");
    }

    private (long Offset, int Length, LedgerLine? Line)? Next()
    {
        int lineEnd;
        while ((lineEnd = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start)) < 0)
        {
            if (!Fill())
            {
                // The rest, which no line feed ends.
                int rest = _end - _start;
                _start = _end;
                return rest == 0 ? null : (_offset, rest, null);
            }
        }

        HasWholeLine = true;
        int length = lineEnd - _start;
        LedgerLine? line = LineCheck.Open(_buffer.AsSpan(_start, length)) is { } json ? LedgerLine.FromJson(json) : null;
        (long, int, LedgerLine?) found = (_offset, length + 1, line);
        _start = lineEnd + 1;
        _offset += length + 1;
        return found;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine)
                throw Damaged(path, $"a line at byte {_offset} has no end");
            Array.Resize(ref _buffer, _buffer.Length * 4);
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
