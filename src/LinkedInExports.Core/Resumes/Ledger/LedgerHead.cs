using System.Text.Json;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// The length of a ledger that is known to be on the disk, in a separate file: the chain of the ledger cannot show that lines
/// at its end are missing. It is written after each flush, so it never exceeds the actual length.
/// </summary>
internal sealed class LedgerHead
{
    internal const string FileName = "resume-sync.head";

    /// <summary>The checksum of the ledger's first line, which identifies the ledger.</summary>
    public required string Ledger { get; init; }

    /// <summary>The length of the ledger in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>The checksum of the line that ends there.</summary>
    public required string Check { get; init; }

    internal byte[] ToLine() => ChecksummedLine.Encode(JsonSerializer.SerializeToUtf8Bytes(this, ResumeJson.Default.LedgerHead));

    /// <summary>Reads the head of the ledger in a folder.</summary>
    /// <returns>The head; null if it does not exist, or if it is incomplete after a crash.</returns>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileReadFailed"/>.</exception>
    internal static LedgerHead? Read(FileSystem files, string folder)
    {
        string path = Path.Combine(folder, FileName);
        return FileErrors.TranslateRead(
            path,
            () =>
            {
                using Stream? stream = files.OpenRead(path);
                if (stream is null)
                    return null;
                var buffer = new byte[1024];
                int length = 0;
                int read;
                while (length < buffer.Length && (read = stream.Read(buffer, length, buffer.Length - length)) > 0)
                    length += read;
                return Parse(buffer.AsSpan(0, length));
            }
        );
    }

    private static LedgerHead? Parse(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        if (
            end < 0
            || !ChecksummedLine.TryDecode(bytes.Slice(0, end), out ulong check, out byte[] json)
            || ChecksummedLine.Compute(json, null) != check
        )
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, ResumeJson.Default.LedgerHead);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
