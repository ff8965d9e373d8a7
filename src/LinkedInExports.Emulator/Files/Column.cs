using System.Buffers.Text;
using System.Text;

namespace LinkedInExports.Emulator.Files;

/// <summary>Writes the CSV value of a row and returns its number of bytes.</summary>
internal delegate int CellWriter(Span<byte> target, long row);

/// <summary>A column of a <see cref="CsvFile"/>.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="Write">Writes a value of at most <see cref="MaxBytes"/>.</param>
internal sealed record Column(string Name, CellWriter Write)
{
    public const int MaxBytes = 256;

    /// <summary>Creates a column with a word and eight digits that differ in each row.</summary>
    public static Column Text(string name, string word, ulong key)
    {
        byte[] prefix = Encoding.UTF8.GetBytes($"{word}-");
        return new(
            name,
            (target, row) =>
            {
                prefix.CopyTo(target);
                Utf8Formatter.TryFormat(
                    (uint)RowHash.Mix(key + (ulong)row),
                    target[prefix.Length..],
                    out int digits,
                    new('x', 8)
                );
                return prefix.Length + digits;
            }
        );
    }

    /// <summary>Creates a column with values from a set of texts.</summary>
    public static Column Choice(string name, Func<long, byte[]> choose) =>
        new(
            name,
            (target, row) =>
            {
                byte[] text = choose(row);
                text.CopyTo(target);
                return text.Length;
            }
        );

    /// <summary>Creates a column of numbers.</summary>
    public static Column Number(string name, Func<long, long> number) =>
        new(
            name,
            (target, row) =>
            {
                Utf8Formatter.TryFormat(number(row), target, out int written);
                return written;
            }
        );
}
