using System.Text;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Reduces a body: up to 256 KB at its end, and the start and the end of a longer one while it is received. The bytes between
/// them are not read, because that would take several percent of the time of a download.
/// </summary>
internal sealed class BodyRecorder(IncidentReducers reducers, bool isFile, HttpResponseMessage response, string[] codings)
{
    private const byte LineFeed = (byte)'\n';
    private const int MaxFileBytes = 8 * 1024;
    private const int MaxOtherBytes = 256 * 1024;
    private const int StartBytes = 4 * 1024;
    private const int EndBytes = 1024;

    /// <summary>The decoded length up to which a compressed body is decoded.</summary>
    private const int MaxDecodedBytes = 1024 * 1024;

    /// <summary>The length of the blocks in which a compressed body is decoded.</summary>
    private const int BlockBytes = 8 * 1024;

    private CodeUnits _units = CodeUnits.Bytes;
    private byte[]? _whole = [];
    private int _wholeLength;
    private string _start = "";
    private byte[] _end = [];
    private int _endLength;

    internal BodyRecorder(IncidentReducers reducers, bool isFile, HttpResponseMessage response)
        : this(reducers, isFile, response, ContentDecoder.GetCodings(response)) { }

    /// <summary>The number of bytes so far.</summary>
    internal long Length { get; private set; }

    /// <summary>Whether a compressed body is too long to be recorded, so that its replay is not encoded.</summary>
    internal bool IsTooLong { get; private set; }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_whole is not null && Length <= (isFile && codings.Length == 0 ? MaxFileBytes : MaxOtherBytes))
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
            _units = CodeUnits.Detect(start);
            _start = ReduceText(start.AsSpan(0, GetStartLength(start)));
            _end = new byte[EndBytes];
            KeepEnd(before);
            _whole = null;
        }

        KeepEnd(bytes);
    }

    /// <summary>Gets the reduced body.</summary>
    /// <param name="announced">The length of the body, if it was not read to its end.</param>
    internal RecordedBody? Complete(long? announced = null)
    {
        if (_whole is null)
        {
            string text = ReduceEnd();
            _end = [];
            IsTooLong = codings.Length > 0;
            return IsTooLong
                ? new RecordedBody { Length = Length }
                : new RecordedBody { LongText = new LongText(Math.Max(Length, announced ?? 0), null, _start, text) };
        }

        byte[] bytes = CopyWhole();
        if (announced > bytes.Length)
        {
            _units = CodeUnits.Detect(bytes);
            return new RecordedBody { LongText = new LongText(announced.Value, null, ReduceText(bytes), "") };
        }

        if (bytes.Length == 0)
            return null;
        return codings.Length == 0 ? Reduce(bytes) : Decode(bytes);
    }

    private static Encoding Latin1 { get; } = Encoding.GetEncoding("iso-8859-1");

    private byte[] CopyWhole() => _whole.AsSpan(0, _wholeLength).ToArray();

    private RecordedBody Reduce(byte[] bytes)
    {
        if (!isFile && reducers.Json.TryReduce(bytes) is { } json)
            return new RecordedBody { Json = json };
        _units = CodeUnits.Detect(bytes);
        return new RecordedBody { Text = ReduceText(bytes) };
    }

    /// <summary>The first row may have the names of columns, of which the documented ones remain.</summary>
    private string ReduceText(Span<byte> text)
    {
        int row = 0;
        if (response.StatusCode == System.Net.HttpStatusCode.OK)
        {
            row = _units.IndexOf(text, LineFeed);
            if (row < 0)
                row = text.Length; // A row that was truncated.
            if (row > StartBytes)
                row = 0;
        }

        string firstRow = ReduceFirstRow(text.Slice(0, row));
        Span<byte> rows = text.Slice(row);
        TextForm.Reduce(rows, _units);
        return firstRow + Latin1.GetString(rows.ToArray());
    }

    private string ReduceFirstRow(Span<byte> row)
    {
        int mark = row.Length >= 3 && row[0] == 0xEF && row[1] == 0xBB && row[2] == 0xBF ? 3 : 0;
        if (_units.Size > 1 && row.Length >= _units.Size && _units.Read(row) == CodeUnits.ByteOrderMark)
            mark = _units.Size;
        int units = (row.Length - mark) / _units.Size;
        var characters = new char[units];
        for (int index = 0; index < units; index++)
        {
            uint unit = _units.Read(row.Slice(mark + (index * _units.Size)));
            bool isGzip = index == 0 && unit == CodeUnits.Gzip; // The module recognizes it.
            characters[index] = !isGzip && TextForm.IsControl(unit) ? TextForm.Control : (char)Math.Min(unit, char.MaxValue);
        }

        string reduced = reducers.Pseudonymizer.PseudonymizeRow(new string(characters));
        for (int index = 0; index < units; index++)
            _units.Write(row.Slice(mark + (index * _units.Size)), reduced[index]);
        TextForm.Reduce(row.Slice(mark + (units * _units.Size)), _units); // A part of a unit.
        return Latin1.GetString(row.ToArray());
    }

    private string ReduceEnd()
    {
        int partOfUnit = (int)((_units.Size - ((Length - _endLength) % _units.Size)) % _units.Size);
        Span<byte> end = _end.AsSpan(0, _endLength).Slice(Math.Min(partOfUnit, _endLength));
        TextForm.Reduce(end, _units);
        return Latin1.GetString(end.ToArray());
    }

    /// <summary>Records the decoded body like one that was not compressed, because it takes the same memory.</summary>
    private RecordedBody? Decode(byte[] bytes)
    {
        var length = new RecordedBody { Length = Length };
        try
        {
            using Stream? decoder = ContentDecoder.TryOpen(new MemoryStream(bytes), codings);
            if (decoder is null)
                return length;
            var decoded = new BodyRecorder(reducers, isFile, response, codings: []);
            var block = new byte[BlockBytes];
            while (decoder.Read(block, 0, block.Length) is > 0 and var read)
            {
                decoded.Append(block.AsSpan(0, read));
                if (decoded.Length > MaxDecodedBytes)
                {
                    IsTooLong = true;
                    return length;
                }
            }

            RecordedBody? body = decoded.Complete();
            IsTooLong = body?.LongText is not null;
            return body;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return length;
        }
    }

    /// <summary>The start ends with a row and a unit.</summary>
    private int GetStartLength(byte[] start)
    {
        int length = Math.Min(start.Length, StartBytes);
        int end = start.AsSpan(0, length).LastIndexOf(LineFeed) + 1;
        if (end > 0)
            length = end + _units.Size - 1;
        return Math.Min(length - (length % _units.Size), start.Length);
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
