using System.Buffers.Text;
using System.Text;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Validation;

/// <summary>
/// One file of a job, made while it is read.
/// </summary>
/// <remarks>
/// <para>Its length has to be known for <c>Content-Length</c> before the first byte is sent, and making millions of rows
/// twice is no option. So every column has a fixed width but the record type, and that one follows a fixed pattern of
/// four rows: the length is a multiplication.</para>
/// <para>All values come from (seed, job id, part, row) alone, so the same file can be made any number of times.</para>
/// </remarks>
internal sealed class ValidationFile : IBody
{
    private const int RowsPerPattern = 4;
    private const int ExtraDigits = 8;

    private static readonly string[] Columns = ["crmId", "crmRecordType", "expiredAt", "createdAt"];

    private readonly ulong _firstKey;
    private readonly CrmIdFormat _ids;
    private readonly long _from;
    private readonly long _span;
    private readonly int _dateWidth;
    private readonly byte[] _preamble;
    private readonly byte[][] _extraPrefixes;
    private readonly byte[] _lineEnding;
    private readonly int _contactRowLength;

    public ValidationFile(ValidationJob job, int part, EmulatorOptions options)
    {
        Rows = options.RowsPerPart;

        // 2^40 rows per job keep the numbers of different jobs apart, too.
        _firstKey = RowMix.Mix((ulong)options.Seed) + ((ulong)job.Id << 40) + (ulong)((part - 1) * Rows);
        _ids = CrmIdFormat.For(job.Crm);

        // Times with fewer digits than the end of the range would break the fixed width (an export "from 1970 on").
        long end = Math.Max(job.ExportEndAt, 10);
        _dateWidth = DigitsOf(end);
        _from = Math.Min(Math.Max(job.ExportStartAt, SmallestWith(_dateWidth)), Math.Max(end - 1, SmallestWith(_dateWidth)));
        _span = Math.Max(end - _from, 1);

        _lineEnding = Encoding.UTF8.GetBytes(options.LineEnding);
        _extraPrefixes = [.. options.ExtraColumns.Select((_, index) => Encoding.UTF8.GetBytes($",extra{index + 1}-"))];
        _preamble = CsvHeader.Bytes(Columns.Concat(options.ExtraColumns), options, options.HeaderInEachPart || part == 1);
        _contactRowLength = _ids.Width + ",CONTACT,".Length + _dateWidth + 1 + _dateWidth
            + _extraPrefixes.Sum(prefix => prefix.Length + ExtraDigits) + _lineEnding.Length;
    }

    /// <summary>Number of data rows.</summary>
    public long Rows { get; }

    public long Length
    {
        get
        {
            int lessInLeads = "CONTACT".Length - "LEAD".Length;
            return _preamble.Length + (Rows * _contactRowLength) - (Rows / RowsPerPattern * lessInLeads);
        }
    }

    public int BufferSize => Math.Max(128 * 1024, Math.Max(_preamble.Length, _contactRowLength));

    public IBodyReader Open() => new Reader(this);

    /// <summary>The values of a row, counted from 0.</summary>
    public ValidationRow Row(long row)
    {
        (ulong unique, bool isLead, long expiredAt, long createdAt) = Values(row);
        Span<byte> id = stackalloc byte[_ids.Width];
        _ids.Write(id, unique, isLead);
        return new(Encoding.ASCII.GetString(id), isLead ? "LEAD" : "CONTACT", expiredAt, createdAt);
    }

    /// <summary>All rows in their order.</summary>
    public IEnumerable<ValidationRow> AllRows()
    {
        for (long row = 0; row < Rows; row++) yield return Row(row);
    }

    private (ulong Unique, bool IsLead, long ExpiredAt, long CreatedAt) Values(long row)
    {
        ulong unique = RowMix.Mix(_firstKey + (ulong)row);
        ulong second = RowMix.Next(unique);

        // The first half of the range for one time, the rest for the other: never equal, never outside.
        long half = _span / 2;
        long expiredAt = _from + RowMix.Scale(second, half);
        long createdAt = expiredAt + 1 + RowMix.Scale(RowMix.Next(second), _span - half - 1);
        return (unique, row % RowsPerPattern == RowsPerPattern - 1, expiredAt, createdAt);
    }

    private int Write(Span<byte> target, long row)
    {
        (ulong unique, bool isLead, long expiredAt, long createdAt) = Values(row);
        _ids.Write(target, unique, isLead);
        int at = _ids.Width;
        ReadOnlySpan<byte> type = isLead ? ",LEAD,"u8 : ",CONTACT,"u8;
        type.CopyTo(target[at..]);
        at += type.Length;
        Utf8Formatter.TryFormat(expiredAt, target[at..], out _);
        at += _dateWidth;
        target[at++] = (byte)',';
        Utf8Formatter.TryFormat(createdAt, target[at..], out _);
        at += _dateWidth;

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

    private static int DigitsOf(long value) => value < 10 ? 1 : 1 + DigitsOf(value / 10);

    private static long SmallestWith(int digits) => digits <= 1 ? 1 : 10 * SmallestWith(digits - 1);

    private sealed class Reader(ValidationFile file) : IBodyReader
    {
        private long _next;
        private bool _begun;

        public int Read(Span<byte> buffer)
        {
            if (!_begun)
            {
                _begun = true;
                file._preamble.CopyTo(buffer);
                if (file._preamble.Length > 0) return file._preamble.Length;
            }

            int written = 0;
            while (_next < file.Rows && buffer.Length - written >= file._contactRowLength)
            {
                written += file.Write(buffer[written..], _next++);
            }

            return written;
        }
    }
}
