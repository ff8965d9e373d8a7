using System.Security.Cryptography;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>A line on the disk: 16 hexadecimal digits of the SHA-256 of its JSON, a space, the JSON, a line feed.</summary>
internal static class LineCheck
{
    private const int Digits = 16;
    private const int Prefix = Digits + 1;

    internal static byte[] Seal(byte[] json)
    {
        var line = new byte[Prefix + json.Length + 1];
        Check(json).CopyTo(line, 0);
        line[Digits] = (byte)' ';
        json.CopyTo(line, Prefix);
        line[line.Length - 1] = (byte)'\n';
        return line;
    }

    /// <summary>The JSON of a line, given without its line feed; null when it is not as it was written.</summary>
    internal static byte[]? Open(ReadOnlySpan<byte> line)
    {
        if (line.Length <= Prefix || line[Digits] != ' ')
            return null;
        byte[] json = line.Slice(Prefix).ToArray();
        return line.Slice(0, Digits).SequenceEqual(Check(json)) ? json : null;
    }

    private static byte[] Check(byte[] json)
    {
#if NET
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(json, hash);
#else
        using var sha256 = SHA256.Create();
        byte[] hash = sha256.ComputeHash(json);
#endif
        var digits = new byte[Digits];
        for (int index = 0; index < Digits / 2; index++)
        {
            digits[2 * index] = Digit(hash[index] >> 4);
            digits[2 * index + 1] = Digit(hash[index] & 15);
        }

        return digits;
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);
}
