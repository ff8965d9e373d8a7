using System.Security.Cryptography;
using System.Text.Json;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// The state of a ledger up to one of its lines, so that only the lines after it have to be read. It is derived from the ledger:
/// an index that is missing, damaged, or does not match the ledger is ignored.
/// </summary>
/// <remarks>The file has a line with the <see cref="LedgerIndexHeader"/>, followed by the rows of the tables.</remarks>
internal sealed class LedgerIndex
{
    internal const string FileName = "resume-sync.index";

    private readonly ArraySegment<byte> _rows;

    private LedgerIndex(LedgerIndexHeader header, ArraySegment<byte> rows)
    {
        Header = header;
        _rows = rows;
    }

    internal LedgerIndexHeader Header { get; }

    /// <summary>Reads the index of the ledger in a folder.</summary>
    /// <returns>The index; null if it does not exist or cannot be used.</returns>
    internal static LedgerIndex? Read(FileSystem files, string folder)
    {
        try
        {
            using Stream? stream = files.OpenRead(Path.Combine(folder, FileName));
            if (stream is null || stream.Length > int.MaxValue)
                return null;
            var bytes = new byte[stream.Length];
            int length = 0;
            int read;
            while ((read = stream.Read(bytes, length, bytes.Length - length)) > 0)
                length += read;
            return Parse(bytes, length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes an index.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">The folder of the ledger.</param>
    /// <param name="position">The position up to which the state is that of the ledger.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static void Write(FileSystem files, string folder, LedgerPosition position, LedgerState state)
    {
        ArraySegment<byte>[] tables = [.. state.Tables.Select(table => table.GetRows())];
        string path = Path.Combine(folder, FileName);
        using var partial = AtomicFileWriter.Open(files, path, FileOpenFlags.OwnerOnly);
        FileErrors.TranslateWrite(
            path,
            () =>
            {
                byte[] header = JsonSerializer.SerializeToUtf8Bytes(
                    new LedgerIndexHeader
                    {
                        Position = position,
                        Totals = state.GetTotals(),
                        Counts = [.. tables.Select(rows => rows.Count / RecordTable.RowSize)],
                        Sha256 = ComputeHash(tables),
                    },
                    ResumeJson.Default.LedgerIndexHeader
                );
                byte[] line = ChecksummedLine.Encode(header);
                partial.Stream.Write(line, 0, line.Length);
                foreach (ArraySegment<byte> rows in tables)
                    partial.Stream.Write(rows.Array!, rows.Offset, rows.Count);
            }
        );
        partial.Flush();
        partial.Commit();
    }

    /// <summary>Creates the state of the ledger at the position of the index.</summary>
    internal LedgerState CreateState()
    {
        var tables = new RecordTable[LedgerIndexHeader.TableCount];
        int start = _rows.Offset;
        for (int table = 0; table < tables.Length; table++)
        {
            int length = Header.Counts[table] * RecordTable.RowSize;
            tables[table] = new RecordTable(new ArraySegment<byte>(_rows.Array!, start, length));
            start += length;
        }

        return new LedgerState(Header.Totals, tables);
    }

    private static LedgerIndex? Parse(byte[] bytes, int length)
    {
        int end = Array.IndexOf(bytes, (byte)'\n', 0, length);
        if (
            end < 0
            || !ChecksummedLine.TryDecode(bytes.AsSpan(0, end), out ulong check, out byte[] json)
            || ChecksummedLine.Compute(json, null) != check
            || ParseHeader(json) is not { Format: LedgerIndexHeader.CurrentFormat } header
        )
        {
            return null;
        }

        var rows = new ArraySegment<byte>(bytes, end + 1, length - end - 1);
        return
            header.Counts.Length == LedgerIndexHeader.TableCount
            && header.Counts.Sum(count => (long)count) * RecordTable.RowSize == rows.Count
            && ComputeHash(rows) == header.Sha256
            ? new LedgerIndex(header, rows)
            : null;
    }

    private static LedgerIndexHeader? ParseHeader(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ResumeJson.Default.LedgerIndexHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ComputeHash(params ArraySegment<byte>[] tables)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ArraySegment<byte> rows in tables)
            hash.AppendData(rows.Array!, rows.Offset, rows.Count);
        return Hex.Encode(hash.GetHashAndReset());
    }
}
