using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// A line on the disk: 16 hexadecimal digits of a SHA-256, a space, the JSON, a line feed. The hash covers the digits of the
/// previous line and the JSON, so that a missing, repeated, moved or changed line breaks the chain. The hash of the first line
/// covers its JSON only.
/// </summary>
internal static class ChecksummedLine
{
    internal const int Digits = 16;
    private const int Prefix = Digits + 1;

    /// <summary>Encodes a line.</summary>
    /// <param name="json">The content of the line.</param>
    /// <param name="previous">The checksum of the previous line; null for the first line.</param>
    /// <param name="check">The checksum of this line.</param>
    internal static byte[] Encode(byte[] json, ulong? previous, out ulong check)
    {
        check = Compute(json, previous);
        var line = new byte[Prefix + json.Length + 1];
        Encoding.ASCII.GetBytes(Format(check)).CopyTo(line, 0);
        line[Digits] = (byte)' ';
        json.CopyTo(line, Prefix);
        line[line.Length - 1] = (byte)'\n';
        return line;
    }

    internal static byte[] Encode(byte[] json, ulong? previous = null) => Encode(json, previous, out _);

    /// <summary>Splits a line without its line feed into its checksum and its JSON, without verifying the checksum.</summary>
    /// <returns>Whether the text has the format of a line.</returns>
    internal static bool TryDecode(ReadOnlySpan<byte> line, out ulong check, out byte[] json)
    {
        check = 0;
        json = [];
        if (line.Length <= Prefix || line[Digits] != ' ')
            return false;
        foreach (byte digit in line.Slice(0, Digits))
        {
            int value = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                _ => -1,
            };
            if (value < 0)
                return false;
            check = (check << 4) | (uint)value;
        }

        json = line.Slice(Prefix).ToArray();
        return true;
    }

    /// <summary>Computes the checksum of a line.</summary>
    /// <param name="json">The content of the line.</param>
    /// <param name="previous">The checksum of the previous line; null for a line that does not depend on one.</param>
    internal static ulong Compute(byte[] json, ulong? previous)
    {
        byte[] covered = json;
        if (previous is { } before)
        {
            covered = new byte[sizeof(ulong) + json.Length];
            BinaryPrimitives.WriteUInt64BigEndian(covered, before);
            json.CopyTo(covered, sizeof(ulong));
        }

        return BinaryPrimitives.ReadUInt64BigEndian(Sha256Hash.Compute(covered));
    }

    /// <summary>Formats a checksum as 16 digits.</summary>
    internal static string Format(ulong check) => check.ToString("x16", CultureInfo.InvariantCulture);
}
