namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// Reads a ledger line by line and checks its chain. A torn tail, which a crash can leave after the last flush, is no part of
/// the ledger; anything else that is not as it was written is an error, because nothing tells what is missing.
/// </summary>
/// <param name="stream">The ledger, from its beginning.</param>
/// <param name="path">Its path, for errors.</param>
/// <param name="head">How far it is known to be on the disk; null where that is not known.</param>
/// <param name="pieceSize">How many bytes are read at a time.</param>
internal sealed class LedgerReader(Stream stream, string path, LedgerHead? head = null, int pieceSize = 64 * 1024)
{
    /// <summary>The longest line, in bytes. Nothing longer is written.</summary>
    internal const int MaxLineLength = 1024 * 1024;

    /// <summary>Most lines are shorter, and where one of a million is looked up, no more should be read.</summary>
    private const int SingleLine = 1024;

    private byte[] _buffer = new byte[pieceSize];
    private int _start;
    private int _end;
    private long _offset;

    /// <summary>The check that the line before has on the disk, whether or not that line is good.</summary>
    private ulong _previous;

    /// <summary>Where the good lines end.</summary>
    internal long End { get; private set; }

    /// <summary>The check of the last good line.</summary>
    internal ulong EndCheck { get; private set; }

    /// <summary>The check of the first line, as text.</summary>
    internal string? FirstCheck { get; private set; }

    /// <summary>The version of the form, once the first line is read.</summary>
    internal int? Version { get; private set; }

    /// <summary>Whether something comes after the good lines.</summary>
    internal bool HasTornTail { get; private set; }

    private bool IsChained => Version != LedgerEntry.UnchainedVersion;

    /// <summary>The good lines, each with its place and the check of the line before.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.LedgerCorrupt"/>, <see cref="LinkedInErrorId.LedgerMismatch"/>.</exception>
    internal IEnumerable<(long Offset, ulong Previous, LedgerEntry Line)> ReadEntries()
    {
        long? known = null;
        while (ReadNext() is { } next)
        {
            if (next.Line is not { } line)
            {
                // A crash leaves half a line, or bytes that are no line: not a whole line with a check that is not its own.
                if (next.IsWhole)
                    throw CreateCorruptError(path, $"the line at byte {next.Offset} does not follow the line before it");
                HasTornTail = true;
                continue;
            }

            if (HasTornTail)
                throw CreateCorruptError(path, $"the line at byte {End} is not as it was written");
            if (next.Offset == 0)
            {
                RequireHeader(line);
                FirstCheck = ChecksummedLine.Format(next.Check);
                known = head?.Ledger == FirstCheck ? head.Length : null;
            }

            End = next.Offset + next.Length;
            EndCheck = next.Check;
            if (End == known && head!.Check != ChecksummedLine.Format(EndCheck))
                throw CreateCorruptError(path, $"the line before byte {End} is not the one that was written there");
            yield return (next.Offset, next.Previous, line);
        }

        if (End < known)
            throw CreateCorruptError(path, $"it has good lines up to byte {End}, and {known} bytes were written");
    }

    /// <summary>Takes all lines into a state.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.LedgerCorrupt"/>, <see cref="LinkedInErrorId.LedgerMismatch"/>.</exception>
    internal LedgerReader ReadInto(LedgerState state)
    {
        foreach ((long offset, ulong previous, LedgerEntry line) in ReadEntries())
            state.Apply(line, offset, previous);
        return End > 0 ? this : throw CreateCorruptError(path, "it has no line of a ledger");
    }

    /// <summary>The line of a record, at the place that an index names.</summary>
    internal static LedgerEntry ReadAt(Stream stream, RecordEntry entry, int? version, ResumeKey key, string path)
    {
        stream.Position = entry.Offset;
        var reader = new LedgerReader(stream, path, pieceSize: SingleLine) { Version = version, _previous = entry.Previous, _offset = entry.Offset };
        return reader.ReadNext()?.Line is { } line && line.Key == key
            ? line
            : throw CreateCorruptError(path, $"the line at byte {entry.Offset} is not the one that was there");
    }

    internal static LinkedInException CreateCorruptError(string path, string why) =>
        new(LinkedInErrorId.LedgerCorrupt, $"{path} is damaged: {why}. It was not changed.") { Target = path };

    internal static LinkedInException CreateMismatchError(string path, string? owner, string api) =>
        new(LinkedInErrorId.LedgerMismatch, $"The ledger {path} belongs to {owner}, and this connection is to {api}.") { Target = path };

    /// <summary>The first line says which version of the form it is.</summary>
    private void RequireHeader(LedgerEntry line)
    {
        if (line is { Type: LedgerEntryType.Ledger, Version: > LedgerEntry.CurrentVersion })
        {
            throw new LinkedInException(
                LinkedInErrorId.LedgerMismatch, $"{path} was written by a newer version of this module (form {line.Version}).")
            { Target = path };
        }

        if (line is not { Type: LedgerEntryType.Ledger, Version: >= LedgerEntry.UnchainedVersion, Api: not null })
            throw CreateCorruptError(path, "its first line is not that of a ledger");
        Version = line.Version;
    }

    private Found? ReadNext()
    {
        int lineEnd;
        while ((lineEnd = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start)) < 0)
        {
            if (!Fill())
            {
                // The rest, which no line feed ends.
                int rest = _end - _start;
                _start = _end;
                return rest == 0 ? null : new Found(_offset, rest, _previous, 0, null, IsWhole: false);
            }
        }

        int length = lineEnd - _start;
        Found found = Read(_buffer.AsSpan(_start, length));
        _start = lineEnd + 1;
        _offset += length + 1;
        _previous = found.Check;
        return found;
    }

    private Found Read(ReadOnlySpan<byte> bytes)
    {
        LedgerEntry? line = ChecksummedLine.TryDecode(bytes, out ulong check, out byte[] json) ? LedgerEntry.FromJson(json) : null;
        ulong? previous = _offset > 0 && IsChained ? _previous : null;
        bool isValid = line is not null && ChecksummedLine.Compute(json, previous) == check;
        return new Found(_offset, bytes.Length + 1, _previous, check, isValid ? line : null, IsWhole: line is not null);
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
            if (_end >= MaxLineLength)
                throw CreateCorruptError(path, $"a line at byte {_offset} has no end");
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 4, MaxLineLength));
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    /// <param name="Offset">Where it begins.</param>
    /// <param name="Length">Its bytes, with the line feed.</param>
    /// <param name="Previous">The check that the line before has on the disk.</param>
    /// <param name="Check">The check that it has on the disk.</param>
    /// <param name="Line">What it says; null when that is not what was written there.</param>
    /// <param name="IsWhole">Whether it has the form of a line from beginning to end.</param>
    private readonly record struct Found(long Offset, int Length, ulong Previous, ulong Check, LedgerEntry? Line, bool IsWhole);
}
