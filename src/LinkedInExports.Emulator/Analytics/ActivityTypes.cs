using System.Text;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>The documented types of activities, which alternate.</summary>
internal static class ActivityTypes
{
    private static readonly string[] Names =
    [
        "SAVED_LEAD",
        "SAVED_ACCOUNT",
        "SEARCH_PERFORMED",
        "PROFILE_VIEWED",
        "INMAIL_SENT",
        "MESSAGE_SENT",
        "CONNECTION_MADE",
    ];

    private static readonly byte[][] Utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];

    public static int Count => Names.Length;

    public static string Get(long activity) => Names[activity % Names.Length];

    public static byte[] GetUtf8(long activity) => Utf8Names[activity % Names.Length];

    /// <summary>Activities about accounts and searches have no lead.</summary>
    public static bool HasLead(long activity) => activity % Names.Length is not (1 or 2);
}
