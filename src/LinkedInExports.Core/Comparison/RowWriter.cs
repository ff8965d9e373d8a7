using System.Buffers.Binary;
using System.Text;

namespace LinkedInExports.Core.Comparison;

/// <summary>Writes the bytes of a row.</summary>
/// <remarks>
/// Text is UTF-8 and ends with two zero bytes. A zero in the text becomes 00 FF, and a missing text is 00 01. So a comparison
/// of the bytes keeps the order and the boundaries of the values.
/// </remarks>
internal sealed class RowWriter
{
    private static readonly byte[] Null = [0, 1];

    private byte[] _bytes = new byte[512];
    private int _length;

    /// <summary>The completed row, valid until the next call of <see cref="Begin"/>.</summary>
    internal Row Row => new(_bytes, 0);

    internal void Begin() => _length = Row.HeaderLength;

    /// <summary>Ends the key (0), the compared values (1) or the payload (2).</summary>
    internal void EndPart(int part)
    {
        int before = Row.HeaderLength;
        for (int i = 0; i < part; i++)
            before += BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(i * sizeof(int)));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(part * sizeof(int)), _length - before);
    }

    internal void Write(int number)
    {
        Reserve(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), number);
        _length += sizeof(int);
    }

    internal void Write(string? value)
    {
        if (value is null)
        {
            Reserve(Null.Length + 2);
            Null.CopyTo(_bytes, _length);
            _length += Null.Length;
            _bytes[_length++] = 0;
            _bytes[_length++] = 0;
            return;
        }

        // At most twice the bytes, if all of them are zeros.
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Reserve((2 * most) + 2);
        int written = Encoding.UTF8.GetBytes(value, 0, value.Length, _bytes, _length);
        if (_bytes.AsSpan(_length, written).IndexOf((byte)0) >= 0)
            written = Escape(written);
        _length += written;
        _bytes[_length++] = 0;
        _bytes[_length++] = 0;
    }

    /// <summary>Reads the values of a part.</summary>
    /// <returns>The bytes after the values.</returns>
    internal static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> bytes, string?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int end = 0;
            bool isEscaped = false;
            while (true)
            {
                end += bytes.Slice(end).IndexOf((byte)0);
                if (bytes[end + 1] == 0)
                    break;
                isEscaped = true;
                end += 2;
            }

            ReadOnlySpan<byte> value = bytes.Slice(0, end);
            values[i] =
                !isEscaped ? Encoding.UTF8.GetString(value.ToArray())
                : value.SequenceEqual(Null) ? null
                : Unescape(value);
            bytes = bytes.Slice(end + 2);
        }

        return bytes;
    }

    private int Escape(int written)
    {
        byte[] plain = _bytes.AsSpan(_length, written).ToArray();
        int at = _length;
        foreach (byte value in plain)
        {
            _bytes[at++] = value;
            if (value == 0)
                _bytes[at++] = 0xFF;
        }

        return at - _length;
    }

    private static string Unescape(ReadOnlySpan<byte> bytes)
    {
        var plain = new List<byte>(bytes.Length);
        for (int i = 0; i < bytes.Length; i++)
        {
            plain.Add(bytes[i]);
            if (bytes[i] == 0)
                i++;
        }

        return Encoding.UTF8.GetString([.. plain]);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
    }
}
