namespace LinkedInExports.Emulator.Files;

/// <summary>Derives pseudo-random values from row numbers.</summary>
internal static class RowHash
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A bijection of 64 bits (the SplitMix64 finalizer), so that different rows have different values.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>Gets another value for the same row.</summary>
    public static ulong Next(ulong value) => Mix(value + Golden);

    /// <summary>Maps a mixed value to 0 .. <paramref name="bound"/> - 1 without a division. Returns 0 for a bound of 0.</summary>
    public static long Scale(ulong mixed, long bound) => (long)Math.BigMul(mixed, (ulong)bound, out _);
}
