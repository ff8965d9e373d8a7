using System.Text;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Reduces a body while it is received. Only the start and the end of a long text are recorded; the bytes between them are not
/// read, because that would take several percent of the time of a download.
/// </summary>
internal sealed class ContentRecorder(IncidentReducers reducers, bool isFile, HttpResponseMessage response)
{
    private const byte LineFeed = (byte)'\n';
    private const int MaxFileBytes = 8 * 1024;
    private const int MaxOtherBytes = 256 * 1024;
    private const int StartBytes = 4 * 1024;
    private const int EndBytes = 1024;

    /// <summary>The decoded length up to which a compressed body is recorded.</summary>
    private const int MaxDecodedBytes = 1024 * 1024;

    private readonly bool _isEncoded = ContentDecoder.GetCodings(response).Length > 0;
    private byte[]? _whole = [];
    private int _wholeLength;
    private string _start = "";
    private byte[] _end = [];
    private int _endLength;

    /// <summary>The number of bytes so far.</summary>
    internal long Length { get; private set; }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_whole is not null && Length <= (isFile && !_isEncoded ? MaxFileBytes : MaxOtherBytes))
        {
            if (Length > _whole.Length)
                Array.Resize(ref _whole, (int)Math.Max(Length, 2L * _whole.Length));
            bytes.CopyTo(_whole.AsSpan(_wholeLength));
            _wholeLength += bytes.Length;
            return;
        }

        if (_whole is not null)
        {
            byte[] before = CopyWhole();
            byte[] start = [.. before, .. bytes.Slice(0, Math.Min(bytes.Length, StartBytes))];
            _start = ReduceText(start.AsSpan(0, GetStartLength(start)));
            _end = new byte[EndBytes];
            KeepEnd(before);
            _whole = null;
        }

        KeepEnd(bytes);
    }

    /// <summary>Gets the reduced body.</summary>
    /// <param name="announced">The length of the body, if it was not read to its end.</param>
    internal RecordedContent? Complete(long? announced = null)
    {
        if (_whole is null)
        {
            Span<byte> end = _end.AsSpan(0, _endLength);
            TextForm.Reduce(end);
            string text = Latin1.GetString(end.ToArray());
            _end = [];
            return _isEncoded
                ? new RecordedContent { Length = Length }
                : new RecordedContent { LongText = new LongText(Math.Max(Length, announced ?? 0), null, _start, text) };
        }

        byte[] bytes = CopyWhole();
        if (announced > bytes.Length)
        {
            return new RecordedContent { LongText = new LongText(announced.Value, null, ReduceText(bytes), "") };
        }

        if (bytes.Length == 0)
            return null;
        if (!_isEncoded)
            return Reduce(bytes);
        return Decode(bytes) is { } decoded ? Reduce(decoded) : new RecordedContent { Length = Length };
    }

    private static Encoding Latin1 { get; } = Encoding.GetEncoding("iso-8859-1");

    private byte[] CopyWhole() => _whole.AsSpan(0, _wholeLength).ToArray();

    private RecordedContent Reduce(byte[] bytes) =>
        !isFile && reducers.Json.TryReduce(bytes) is { } json
            ? new RecordedContent { Json = json }
            : new RecordedContent { Text = ReduceText(bytes) };

    /// <summary>The first row may have the names of columns, of which the documented ones remain.</summary>
    private string ReduceText(Span<byte> text)
    {
        int header = text.IndexOf(LineFeed);
        if (header < 0)
            header = text.Length; // A row that was truncated.
        if (header > StartBytes || response.StatusCode != System.Net.HttpStatusCode.OK)
        {
            TextForm.Reduce(text);
            return Latin1.GetString(text.ToArray());
        }

        int mark = text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;
        string names = Latin1.GetString(text.Slice(mark, header - mark).ToArray());
        Span<byte> rows = text.Slice(header);
        TextForm.Reduce(rows);
        return Latin1.GetString(text.Slice(0, mark).ToArray())
            + reducers.Tokenizer.TokenizeWords(names)
            + Latin1.GetString(rows.ToArray());
    }

    private byte[]? Decode(byte[] bytes)
    {
        var request = new LinkedInRequest
        {
            Description = "record a response",
            Method = HttpMethod.Get,
            RequestUri = response.RequestMessage!.RequestUri!,
        };
        try
        {
            using Stream decoder = ContentDecoder.Open(new MemoryStream(bytes), response, request);
            var decoded = new byte[MaxDecodedBytes];
            int length = 0;
            while (length < decoded.Length && decoder.Read(decoded, length, decoded.Length - length) is > 0 and var read)
                length += read;
            return length < decoded.Length ? decoded.AsSpan(0, length).ToArray() : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or LinkedInException)
        {
            return null;
        }
    }

    /// <summary>The start ends with a row.</summary>
    private static int GetStartLength(byte[] start)
    {
        int length = Math.Min(start.Length, StartBytes);
        int end = start.AsSpan(0, length).LastIndexOf(LineFeed) + 1;
        return end > 0 ? end : length;
    }

    private void KeepEnd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= EndBytes)
        {
            bytes.Slice(bytes.Length - EndBytes).CopyTo(_end);
            _endLength = EndBytes;
            return;
        }

        int kept = Math.Min(_endLength, EndBytes - bytes.Length);
        _end.AsSpan(_endLength - kept, kept).CopyTo(_end);
        bytes.CopyTo(_end.AsSpan(kept));
        _endLength = kept + bytes.Length;
    }
}
