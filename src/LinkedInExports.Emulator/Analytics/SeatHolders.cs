namespace LinkedInExports.Emulator.Analytics;

/// <summary>The members with a seat on a contract.</summary>
internal static class SeatHolders
{
    private static readonly byte[][] Names =
    [
        "Ada Berg"u8.ToArray(),
        "Bruno Costa"u8.ToArray(),
        "Chen Wei"u8.ToArray(),
        "Dilan Aydın"u8.ToArray(),
        "Emma O'Neill"u8.ToArray(),
        "Farid Haddad"u8.ToArray(),
        "Grace Okafor"u8.ToArray(),
        "\"Hansen, Ida\""u8.ToArray(),
    ];

    public static int Count => Names.Length;

    /// <summary>Gets the id of a seat by its index. All ids of a contract have the same length.</summary>
    public static long GetId(long contract, int seat) => (contract * 10) + seat + 1;

    /// <summary>Gets the name as a CSV value.</summary>
    public static byte[] GetUtf8Name(int seat) => Names[seat];
}
