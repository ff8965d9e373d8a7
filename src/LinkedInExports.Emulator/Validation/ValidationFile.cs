using System.Buffers.Text;
using System.Text;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Validation;

/// <summary>
/// A file of a job, generated when it is read.
/// </summary>
/// <remarks>
/// <c>Content-Length</c> is sent before the first row, and generating millions of rows twice is too slow. So every column but the
/// record type has a fixed width, and the record type follows a fixed pattern of four records, so that the length can be
/// computed.
/// </remarks>
internal sealed class ValidationFile : IBody
{
    private const int RecordsPerPattern = 4;
    private const int ExtraDigits = 8;
    private const int TimeDigits = 13;

    private static readonly string[] Columns = ["crmId", "crmRecordType", "expiredAt", "createdAt"];

    private readonly ValidationTimeline _timeline;
    private readonly RowRange _records;
    private readonly CrmIdFormat _ids;
    private readonly byte _delimiter;
    private readonly byte[] _preamble;
    private readonly byte[][] _extraPrefixes;
    private readonly byte[] _lineEnding;
    private readonly int _contactRowLength;

    /// <param name="job">The job.</param>
    /// <param name="part">The number of the file, starting at 1.</param>
    /// <param name="timeline">The records of the CRM instance.</param>
    /// <param name="records">The records in this file.</param>
    /// <param name="options">The options.</param>
    public ValidationFile(ValidationJob job, int part, ValidationTimeline timeline, RowRange records, EmulatorOptions options)
    {
        _timeline = timeline;
        _records = records;
        _ids = CrmIdFormat.Create(job.Crm);
        _delimiter = (byte)options.Behavior.Delimiter[0];
        _lineEnding = Encoding.UTF8.GetBytes(options.LineEnding);
        _extraPrefixes =
        [
            .. options.ExtraColumns.Select(
                (_, index) => Encoding.UTF8.GetBytes($"{options.Behavior.Delimiter}extra{index + 1}-")
            ),
        ];
        _preamble = CsvHeader.Bytes(Columns.Concat(options.ExtraColumns), options, options.HeaderInEachPart || part == 1);
        _contactRowLength =
            _ids.Width
            + 1
            + "CONTACT".Length
            + 1
            + TimeDigits
            + 1
            + TimeDigits
            + _extraPrefixes.Sum(prefix => prefix.Length + ExtraDigits)
            + _lineEnding.Length;
    }

    /// <summary>The number of data rows.</summary>
    public long Rows => _records.Count;

    public long Length
    {
        get
        {
            int lessInLeads = "CONTACT".Length - "LEAD".Length;
            return _preamble.Length
                + (Rows * _contactRowLength)
                - ((CountLeadsBefore(_records.End) - CountLeadsBefore(_records.First)) * lessInLeads);
        }
    }

    public int BufferSize => Math.Max(128 * 1024, Math.Max(_preamble.Length, _contactRowLength));

    public IBodyReader Open() => new Reader(this);

    /// <summary>Gets all rows in order.</summary>
    public IEnumerable<ValidationRow> GetAllRows()
    {
        for (long record = _records.First; record < _records.End; record++)
            yield return GetRow(record);
    }

    private ValidationRow GetRow(long record)
    {
        Span<byte> id = stackalloc byte[_ids.Width];
        _ids.Write(id, _timeline.GetUniqueValue(record), IsLead(record));
        return new(
            Encoding.ASCII.GetString(id),
            IsLead(record) ? "LEAD" : "CONTACT",
            _timeline.GetExpiredAt(record),
            _timeline.GetCreatedAt(record)
        );
    }

    private static bool IsLead(long record) => record % RecordsPerPattern == RecordsPerPattern - 1;

    private static long CountLeadsBefore(long record) => record / RecordsPerPattern;

    private int Write(Span<byte> target, long record)
    {
        ulong unique = _timeline.GetUniqueValue(record);
        bool isLead = IsLead(record);
        _ids.Write(target, unique, isLead);
        int at = _ids.Width;
        target[at++] = _delimiter;
        ReadOnlySpan<byte> type = isLead ? "LEAD"u8 : "CONTACT"u8;
        type.CopyTo(target[at..]);
        at += type.Length;
        target[at++] = _delimiter;
        Utf8Formatter.TryFormat(_timeline.GetExpiredAt(record), target[at..], out int digits);
        at += digits;
        target[at++] = _delimiter;
        Utf8Formatter.TryFormat(_timeline.GetCreatedAt(record), target[at..], out digits);
        at += digits;

        foreach (byte[] prefix in _extraPrefixes)
        {
            prefix.CopyTo(target[at..]);
            at += prefix.Length;
            Utf8Formatter.TryFormat((uint)unique, target[at..], out _, new('x', ExtraDigits));
            at += ExtraDigits;
        }

        _lineEnding.CopyTo(target[at..]);
        return at + _lineEnding.Length;
    }

    private sealed class Reader(ValidationFile file) : IBodyReader
    {
        private long _next = file._records.First;
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
            while (_next < file._records.End && buffer.Length - written >= file._contactRowLength)
            {
                written += file.Write(buffer[written..], _next++);
            }

            return written;
        }
    }
}
