using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Replaces words by pseudonyms of the same kind and length: digits by digits, capitals by capitals, and small letters by small
/// letters. Different words of ASCII have different pseudonyms, so that ids remain distinct.
/// </summary>
/// <remarks>
/// It is a Feistel network with a random key that only this process has, so a pseudonym cannot be guessed with a dictionary.
/// Nothing is stored for each word.
/// </remarks>
internal sealed class WordCipher
{
    private const int Rounds = 4;

    /// <summary>The length of <see cref="long.MaxValue"/>, and so of the numbers that may become too large.</summary>
    private const int MaxDigits = 19;

    /// <summary>The length of words whose buffers are on the stack.</summary>
    private const int MaxOnStack = 64;

    /// <summary>A 64-bit hash is divided into this many symbols.</summary>
    private const int SymbolsPerHash = 8;

    private readonly ulong _key0;
    private readonly ulong _key1;

    internal WordCipher()
        : this(CreateKey()) { }

    /// <param name="key">16 bytes.</param>
    internal WordCipher(ReadOnlySpan<byte> key)
    {
        _key0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        _key1 = BinaryPrimitives.ReadUInt64LittleEndian(key.Slice(sizeof(ulong)));
    }

    /// <summary>Gets the pseudonym of a word. Characters other than letters and digits are unchanged.</summary>
    internal string Encrypt(string word)
    {
        char[] pseudonym = word.ToCharArray();
        bool isNumber = Array.TrueForAll(pseudonym, character => character is >= '0' and <= '9');
        bool isLong = isNumber && word.Length == MaxDigits && IsLong(word);
        do
        {
            Encrypt(pseudonym, isNumber);
        } while (isLong && !IsLong(new string(pseudonym)));
        return new string(pseudonym);
    }

    /// <summary>Gets a hash of a text, which does not allow conclusions about the text.</summary>
    internal ulong Hash(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return SipHash.Compute(_key1, _key0, bytes);
    }

    private void Encrypt(char[] word, bool isNumber)
    {
        Span<Symbol> symbols = word.Length <= MaxOnStack ? stackalloc Symbol[word.Length] : new Symbol[word.Length];
        int count = 0;
        for (int index = 0; index < word.Length; index++)
        {
            // A number does not begin with a zero that it did not have, because JSON does not allow it.
            Symbol symbol = isNumber && index == 0 ? Symbol.FirstDigit(word[0]) : Symbol.Create(word[index], index);
            if (symbol.Radix > 1)
                symbols[count++] = symbol;
        }

        Span<Symbol> all = symbols.Slice(0, count);
        Span<Symbol> left = all.Slice(0, count / 2);
        Span<Symbol> right = all.Slice(count / 2);
        int length = (2 * count) + sizeof(int);
        Span<byte> input = count <= MaxOnStack ? stackalloc byte[length] : new byte[length];
        for (int round = 0; round < Rounds; round++)
        {
            bool isEven = round % 2 == 0;
            Mix(isEven ? left : right, isEven ? right : left, round, input);
        }

        foreach (Symbol symbol in all)
            word[symbol.Index] = (char)(symbol.First + symbol.Value);
    }

    /// <summary>Adds a hash of one half to the other half, which is reversible and so distinguishes all words.</summary>
    private void Mix(ReadOnlySpan<Symbol> source, Span<Symbol> target, int round, Span<byte> input)
    {
        input[0] = (byte)round;
        int length = 1;
        foreach (Symbol symbol in source)
        {
            input[length++] = (byte)symbol.First;
            input[length++] = (byte)symbol.Value;
        }

        ulong seed = SipHash.Compute(_key0, _key1, input.Slice(0, length));
        ulong hash = 0;
        for (int index = 0; index < target.Length; index++)
        {
            if (index % SymbolsPerHash == 0)
            {
                BinaryPrimitives.WriteInt32LittleEndian(input, index);
                hash = SipHash.Compute(seed, _key1, input.Slice(0, sizeof(int)));
            }

            ref Symbol symbol = ref target[index];
            symbol.Value = (int)(((ulong)symbol.Value + (hash & 0xff)) % (ulong)symbol.Radix);
            hash >>= 8;
        }
    }

    private static bool IsLong(string digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static byte[] CreateKey()
    {
        var key = new byte[2 * sizeof(ulong)];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }

    /// <summary>A letter or digit as a number of its alphabet.</summary>
    private struct Symbol
    {
        internal int Index { get; private init; }

        /// <summary>The first character of the alphabet.</summary>
        internal char First { get; private init; }

        /// <summary>The size of the alphabet; 1 for characters that are not replaced.</summary>
        internal int Radix { get; private init; }

        internal int Value { get; set; }

        internal static Symbol FirstDigit(char digit) =>
            digit == '0'
                ? new Symbol { Radix = 1 }
                : new Symbol
                {
                    First = '1',
                    Radix = 9,
                    Value = digit - '1',
                };

        internal static Symbol Create(char character, int index) =>
            character switch
            {
                >= '0' and <= '9' => Create('0', 10, character - '0', index),
                >= 'A' and <= 'Z' => Create('A', 26, character - 'A', index),
                >= 'a' and <= 'z' => Create('a', 26, character - 'a', index),
                < '\u0080' => new Symbol { Radix = 1 },
                _ => Create('a', 26, character % 26, index), // Letters of other scripts have no small alphabet.
            };

        private static Symbol Create(char first, int radix, int value, int index) =>
            new()
            {
                Index = index,
                First = first,
                Radix = radix,
                Value = value,
            };
    }
}
