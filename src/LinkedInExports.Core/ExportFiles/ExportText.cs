using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>The text of an export file, converted to UTF-8.</summary>
internal sealed class ExportText : ReadOnlyStream
{
    private const int FirstHeadBytes = 4 * 1024;

    private readonly Stream _rest;
    private readonly byte[] _prefix;
    private int _position;

    private ExportText(Stream rest, byte[] head, Encoding encoding)
    {
        _rest = rest;
        Head = head;
        Encoding = encoding;

        // With a byte order mark, CsvHelper does not detect another encoding.
        _prefix = [.. ByteOrderMark.Utf8, .. head];
        IsAscii = Utf8Validator.IsAscii(head);
    }

    /// <summary>
    /// The start of the text without a byte order mark and blank lines: at least the first row. Empty for an empty file.
    /// </summary>
    internal ReadOnlyMemory<byte> Head { get; }

    /// <summary>The encoding of the file.</summary>
    internal Encoding Encoding { get; }

    /// <summary>Whether all bytes so far are ASCII, and therefore valid.</summary>
    internal bool IsAscii { get; private set; }

    /// <summary>Reads the start of a file.</summary>
    /// <param name="file">The file at its start. This does not dispose it.</param>
    /// <param name="encoding">Its encoding if it has no byte order mark; null for UTF-8.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static ExportText Open(Stream file, Encoding? encoding)
    {
        byte[] start = new byte[ByteOrderMark.MaxLength];
        int length = Fill(file, start);
        (Encoding? marked, int mark) = ByteOrderMark.Detect(start.AsSpan(0, length));
        Encoding used = marked ?? encoding ?? Encoding.UTF8;

        Stream text = new PrefixedStream(start.AsSpan(mark, length - mark).ToArray(), file);
        if (used.CodePage != Encoding.UTF8.CodePage)
            text = new Utf8Transcoder(text, used);
        return new ExportText(text, ReadHead(text), used);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position < _prefix.Length)
            return ReadPrefix(buffer.AsSpan(offset, count));
        int read = _rest.Read(buffer, offset, count);
        IsAscii = IsAscii && Utf8Validator.IsAscii(buffer.AsSpan(offset, read));
        return read;
    }

#if NET
    public override int Read(Span<byte> buffer)
    {
        if (_position < _prefix.Length)
            return ReadPrefix(buffer);
        int read = _rest.Read(buffer);
        IsAscii = IsAscii && Utf8Validator.IsAscii(buffer.Slice(0, read));
        return read;
    }
#endif

    private int ReadPrefix(Span<byte> target)
    {
        int length = Math.Min(target.Length, _prefix.Length - _position);
        _prefix.AsSpan(_position, length).CopyTo(target);
        _position += length;
        return length;
    }

    /// <summary>Reads until the first row is complete, or up to a limit.</summary>
    private static byte[] ReadHead(Stream text)
    {
        byte[] head = new byte[FirstHeadBytes];
        int length = 0;
        while (length < CsvDialect.BufferBytes && CsvDialect.FindRowEnd(head.AsSpan(0, length)) < 0)
        {
            if (length == head.Length)
                Array.Resize(ref head, head.Length * 4);
            int read = text.Read(head, length, head.Length - length);
            if (read == 0)
                break;

            length += read;
            int blank = CountBlankLines(head.AsSpan(0, length));
            length -= blank;
            head.AsSpan(blank, length).CopyTo(head);
        }

        return head.AsSpan(0, length).ToArray();
    }

    /// <summary>Gets the length of the blank lines at the start, in bytes.</summary>
    private static int CountBlankLines(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && text[length] is (byte)'\r' or (byte)'\n')
            length++;
        return length;
    }

    private static int Fill(Stream stream, byte[] buffer)
    {
        int length = 0;
        int read;
        while (length < buffer.Length && (read = stream.Read(buffer, length, buffer.Length - length)) > 0)
            length += read;
        return length;
    }
}
