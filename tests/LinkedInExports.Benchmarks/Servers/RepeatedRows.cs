using System.Globalization;
using System.Text;

namespace LinkedInExports.Benchmarks.Servers;

/// <summary>Creates reproducible rows of exports. Large files repeat a block of rows.</summary>
internal static class RepeatedRows
{
    private const int BlockBytes = 1024 * 1024;

    internal static ReadOnlySpan<byte> ValidationHeader => "crmId,crmRecordType,expiredAt,createdAt\n"u8;

    internal static ReadOnlySpan<byte> ActivityHeader => "activityId,activityType,createdAt,seatId,memberIdentityKey\n"u8;

    /// <summary>Writes a validation export with the given number of different rows.</summary>
    internal static void WriteValidations(Stream file, long rows)
    {
        file.Write(ValidationHeader);
        var random = new Random(1);
        for (long row = 0; row < rows; row++)
            file.Write(Encoding.ASCII.GetBytes(Validation(random, row)));
    }

    /// <summary>Writes an activity export with the given number of different rows.</summary>
    internal static void WriteActivities(Stream file, long rows)
    {
        file.Write(ActivityHeader);
        string[] types =
        [
            "SAVED_LEAD",
            "SAVED_ACCOUNT",
            "SEARCH_PERFORMED",
            "PROFILE_VIEWED",
            "INMAIL_SENT",
            "MESSAGE_SENT",
            "CONNECTION_MADE",
        ];
        var random = new Random(2);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (long row = 0; row < rows; row++)
        {
            file.Write(
                Encoding.ASCII.GetBytes(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"act-7001-{row:D12},{types[row % types.Length]},{start.AddSeconds(row):MM-dd-yyyy HH:mm:ss},"
                            + $"{random.Next(100_000_000, 999_999_999)},mk-{random.Next(1, int.MaxValue):x8}\n"
                    )
                )
            );
        }
    }

    /// <summary>Creates a row that differs between files, because a job does not have two equal files.</summary>
    internal static byte[] FirstRow(string file) => Encoding.ASCII.GetBytes($"{file},CONTACT,1770000000000,1770000000001\n");

    /// <summary>Creates about 1 MB of complete rows.</summary>
    internal static byte[] Block()
    {
        var random = new Random(3);
        var block = new MemoryStream(BlockBytes);
        for (long row = 0; ; row++)
        {
            byte[] next = Encoding.ASCII.GetBytes(Validation(random, row));
            if (block.Length + next.Length > BlockBytes)
                return block.ToArray();
            block.Write(next);
        }
    }

    /// <summary>Writes a validation export of about the given size.</summary>
    internal static void WriteBlocks(Stream file, long bytes)
    {
        byte[] block = Block();
        file.Write(ValidationHeader);
        for (long at = 0; at < bytes; at += block.Length)
            file.Write(block);
    }

    private static string Validation(Random random, long row)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        long expiredAt = 1_770_000_000_000 + random.NextInt64(2_000_000_000);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{new Guid(id)},{(row % 4 == 3 ? "LEAD" : "CONTACT")},{expiredAt},{expiredAt + 1 + random.Next(1_000_000)}\n"
        );
    }
}
