namespace LinkedInExports.Emulator.Analytics;

/// <summary>The few people with a seat on a contract.</summary>
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

    /// <summary>The id of a seat counted from 0; all of a contract have the same number of digits.</summary>
    public static long GetId(long contract, int seat) => (contract * 10) + seat + 1;

    /// <summary>The name as it stands in a file.</summary>
    public static byte[] GetUtf8Name(int seat) => Names[seat];
}
