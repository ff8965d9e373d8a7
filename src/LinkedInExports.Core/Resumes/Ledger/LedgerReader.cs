using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// Reads a ledger line by line and verifies its chain. An incomplete end, which a crash can leave after the last flush, is
/// ignored; any other damage is an error.
/// </summary>
/// <param name="stream">The ledger, at its start.</param>
/// <param name="path">The path, for errors.</param>
/// <param name="head">The length that is known to be on the disk; null if it is unknown.</param>
/// <param name="pieceSize">The size of the read buffer, in bytes.</param>
internal sealed class LedgerReader(Stream stream, string path, LedgerHead? head = null, int pieceSize = 64 * 1024)
{
    /// <summary>The maximum length of a line, in bytes.</summary>
    internal const int MaxLineLength = 1024 * 1024;

    /// <summary>Most lines are shorter, and a look-up should not read more.</summary>
    private const int SingleLine = 1024;

    private byte[] _buffer = new byte[pieceSize];
    private int _start;
    private int _end;
    private long _offset;

    /// <summary>The stored checksum of the previous line, which may be invalid.</summary>
    private ulong _previous;

    /// <summary>The position of the last valid line.</summary>
    internal LedgerPosition Position { get; private set; }

    /// <summary>Whether the state up to a line was that of the index.</summary>
    internal bool IsIndexUsed { get; private set; }

    /// <summary>Whether the ledger continues after the valid lines.</summary>
    internal bool HasTornTail { get; private set; }

    /// <summary>Reads the valid entries, each with its offset and the checksum of the previous line.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.LedgerCorrupt"/>, <see
    /// cref="LinkedInErrorId.LedgerMismatch"/>.</exception>
    internal IEnumerable<(long Offset, ulong Previous, LedgerEntry Line)> ReadEntries()
    {
        RequireHead();
        while (ReadNext() is { } next)
        {
            if (next.Line is not { } entry)
            {
                // A crash leaves an incomplete line or other bytes, but not a complete line with a wrong checksum.
                if (next.IsWhole)
                    throw CreateCorruptError(path, $"the line at byte {next.Offset} does not follow the line before it");
                HasTornTail = true;
                continue;
            }

            if (HasTornTail)
                throw CreateCorruptError(path, $"the line at byte {Position.End} is not as it was written");
            if (next.Offset == 0)
            {
                RequireHeader(entry);
                Position = new LedgerPosition(ChecksummedLine.Format(next.Check), 0, 0, 0, 0);
            }

            Position = next.ToPosition(Position.Ledger);
            RequireHead();
            yield return (next.Offset, next.Previous, entry);
        }

        if (KnownLength is { } known && Position.End < known)
        {
            throw CreateCorruptError(path, $"it has valid lines up to byte {Position.End} only, but {known} bytes were written");
        }
    }

    /// <summary>Reads the state of the ledger.</summary>
    /// <param name="index">The state up to one of the lines; null to read all lines.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.LedgerCorrupt"/>, <see
    /// cref="LinkedInErrorId.LedgerMismatch"/>.</exception>
    internal LedgerState ReadState(LedgerIndex? index)
    {
        LedgerState state;
        if (index is not null && Matches(index.Header.Position))
        {
            IsIndexUsed = true;
            Position = index.Header.Position;
            state = index.CreateState();
        }
        else
        {
            Seek(0, 0);
            state = new LedgerState();
        }

        foreach ((long offset, ulong previous, LedgerEntry entry) in ReadEntries())
            state.Apply(entry, offset, previous);
        return Position.End > 0 ? state : throw CreateCorruptError(path, "it has no valid lines");
    }

    /// <summary>Reads the newest entry of a record, as <see cref="ILedgerLookup.Find"/> describes.</summary>
    internal static LedgerEntry? Find(Stream stream, LedgerState state, ResumeKey key, string path)
    {
        if (state.Find(KeyHash.Compute(key)) is not { } found)
            return null;
        LedgerEntry entry = FileErrors.TranslateRead(path, () => ReadAt(stream, found, key, path));
        return found.IsInSync ? entry : entry with { Type = LedgerEntryType.Uploaded };
    }

    /// <summary>Reads all entries from the start of a ledger, with their offsets.</summary>
    internal static IEnumerable<(long Offset, LedgerEntry Line)> ReadAll(
        Stream stream,
        string path,
        CancellationToken cancellationToken
    )
    {
        stream.Position = 0;
        using IEnumerator<(long Offset, ulong Previous, LedgerEntry Line)> lines = new LedgerReader(stream, path)
            .ReadEntries()
            .GetEnumerator();
        while (FileErrors.TranslateRead(path, lines.MoveNext))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (lines.Current.Offset, lines.Current.Line);
        }
    }

    /// <summary>Selects the keys of the newest entries, as <see cref="ILedgerLookup.Keys"/> describes.</summary>
    internal static IReadOnlyList<ResumeKey> SelectKeys(
        IEnumerable<(long Offset, LedgerEntry Line)> entries,
        LedgerState state,
        Func<ResumeKey, bool> isWanted
    ) =>
        [
            .. from entry in entries
            let newest = state.FindNewest(entry.Line, entry.Offset)
            where newest is not null && isWanted(entry.Line.Key)
            orderby newest.Value.IsRemoving
            select entry.Line.Key,
        ];

    /// <summary>Reads the entry of a record at an offset.</summary>
    private static LedgerEntry ReadAt(Stream stream, RecordEntry entry, ResumeKey key, string path)
    {
        stream.Position = entry.Offset;
        var reader = new LedgerReader(stream, path, pieceSize: SingleLine) { _previous = entry.Previous, _offset = entry.Offset };
        return reader.ReadNext()?.Line is { } line && line.Key == key
            ? line
            : throw CreateCorruptError(path, $"the line at byte {entry.Offset} is not the line that was there");
    }

    internal static LinkedInException CreateCorruptError(string path, string reason) =>
        new(LinkedInErrorId.LedgerCorrupt, $"{path} is damaged: {reason}. It was not changed.") { Target = path };

    internal static LinkedInException CreateMismatchError(string path, string? owner, string api) =>
        new(LinkedInErrorId.LedgerMismatch, $"The ledger {path} belongs to {owner}, and this connection is to {api}.")
        {
            Target = path,
        };

    private void RequireHeader(LedgerEntry entry)
    {
        if (entry is not { Type: LedgerEntryType.Ledger, Version: not null, Api: not null })
            throw CreateCorruptError(path, "its first line is not that of a ledger");
        if (entry.Version != LedgerEntry.CurrentVersion)
        {
            throw new LinkedInException(
                LinkedInErrorId.LedgerMismatch,
                $"{path} was written by another version of this module (format {entry.Version}, not "
                    + $"{LedgerEntry.CurrentVersion})."
            )
            {
                Target = path,
            };
        }
    }

    /// <summary>
    /// Whether a position is that of a line of this ledger. If it is, the reader continues after that line. The lines before it
    /// are not verified: each is verified when it is read.
    /// </summary>
    private bool Matches(LedgerPosition position)
    {
        Seek(0, 0);
        if (ReadNext() is not { Line: { } header } first || ChecksummedLine.Format(first.Check) != position.Ledger)
            return false;
        RequireHeader(header);
        Seek(position.Offset, position.Previous);
        return ReadNext() is { Line: not null } last && last.ToPosition(position.Ledger) == position;
    }

    private void Seek(long offset, ulong previous)
    {
        stream.Position = offset;
        (_start, _end, _offset, _previous) = (0, 0, offset, previous);
    }

    /// <summary>The length that is known to be on the disk; null if it is unknown.</summary>
    private long? KnownLength => head is not null && head.Ledger == Position.Ledger ? head.Length : null;

    /// <summary>Compares the current line with the head.</summary>
    private void RequireHead()
    {
        if (Position.End == KnownLength && head!.Check != ChecksummedLine.Format(Position.Check))
            throw CreateCorruptError(path, $"the line before byte {Position.End} is not the line that was written there");
    }

    private Found? ReadNext()
    {
        int lineEnd;
        while ((lineEnd = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start)) < 0)
        {
            if (!Fill())
            {
                // The rest, without a line feed.
                int remaining = _end - _start;
                _start = _end;
                return remaining == 0 ? null : new Found(_offset, remaining, _previous, 0, null, IsWhole: false);
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
        LedgerEntry? entry = ChecksummedLine.TryDecode(bytes, out ulong check, out byte[] json)
            ? LedgerEntry.FromJson(json)
            : null;
        ulong? previous = _offset > 0 ? _previous : null;
        bool isValid = entry is not null && ChecksummedLine.Compute(json, previous) == check;
        return new Found(_offset, bytes.Length + 1, _previous, check, isValid ? entry : null, IsWhole: entry is not null);
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

    /// <param name="Offset">The offset of the line.</param>
    /// <param name="Length">The number of bytes, including the line feed.</param>
    /// <param name="Previous">The stored checksum of the previous line.</param>
    /// <param name="Check">The stored checksum of the line.</param>
    /// <param name="Line">The entry; null if the line is damaged.</param>
    /// <param name="IsWhole">Whether the line is complete.</param>
    private readonly record struct Found(long Offset, int Length, ulong Previous, ulong Check, LedgerEntry? Line, bool IsWhole)
    {
        internal LedgerPosition ToPosition(string ledger) => new(ledger, Offset, Previous, Offset + Length, Check);
    }
}
