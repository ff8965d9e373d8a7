using System.Runtime.InteropServices;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Checks bytes for valid UTF-8.</summary>
internal static class Utf8Validator
{
    /// <summary>Whether all bytes are ASCII. Fast enough to check every block that is read.</summary>
    internal static bool IsAscii(ReadOnlySpan<byte> bytes) =>
#if NET
        System.Text.Ascii.IsValid(bytes);
#else
        IsAsciiVectorized(bytes);
#endif

    /// <summary>Whether the bytes are well-formed UTF-8.</summary>
    internal static bool IsValid(ReadOnlySpan<byte> bytes) =>
#if NET
        System.Text.Unicode.Utf8.IsValid(bytes);
#else
        IsValidScalar(bytes);
#endif

    /// <summary>An implementation for .NET Framework, which does not have the vectorized methods.</summary>
    internal static bool IsAsciiVectorized(ReadOnlySpan<byte> bytes)
    {
        const ulong HighBits = 0x8080808080808080;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        ulong seen = 0;
        foreach (ulong word in words)
            seen |= word;
        foreach (byte value in bytes.Slice(words.Length * sizeof(ulong)))
            seen |= value;
        return (seen & HighBits) == 0;
    }

    /// <inheritdoc cref="IsAsciiVectorized"/>
    internal static bool IsValidScalar(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int length = GetSequenceLength(bytes);
            if (length == 0)
                return false;
            bytes = bytes.Slice(length);
        }

        return true;
    }

    /// <summary>Gets the length of the sequence at the start, or 0 if it is invalid or incomplete.</summary>
    private static int GetSequenceLength(ReadOnlySpan<byte> bytes)
    {
        byte first = bytes[0];
        if (first < 0x80)
            return 1;

        // The range of the second byte excludes overlong forms, surrogates and values above U+10FFFF.
        (int length, int low, int high) = first switch
        {
            >= 0xC2 and <= 0xDF => (2, 0x80, 0xBF),
            0xE0 => (3, 0xA0, 0xBF),
            0xED => (3, 0x80, 0x9F),
            >= 0xE1 and <= 0xEF => (3, 0x80, 0xBF),
            0xF0 => (4, 0x90, 0xBF),
            >= 0xF1 and <= 0xF3 => (4, 0x80, 0xBF),
            0xF4 => (4, 0x80, 0x8F),
            _ => (0, 0, 0),
        };
        if (length == 0 || bytes.Length < length || bytes[1] < low || bytes[1] > high)
            return 0;
        for (int i = 2; i < length; i++)
        {
            if ((bytes[i] & 0xC0) != 0x80)
                return 0;
        }

        return length;
    }
}
