namespace LinkedInExports.Core.Incidents;

/// <summary>What the module writes into incident files and the emulator reads from them. Both compile this file.</summary>
internal static class IncidentFormat
{
    /// <summary>The version of the format.</summary>
    internal const int Version = 1;

    /// <summary>The characters between the words of a text, which are replaced one by one.</summary>
    internal const string Separators = " \t\r\n&=(),:/?[]{};\"'<>|._\\";

    /// <summary>Replaces all secrets.</summary>
    internal const string Secret = "***";

    /// <summary>The path of a request to a link of an earlier response, before the pseudonym of the link.</summary>
    internal const string LinkPath = "/link/";

    /// <summary>Precedes a link within the path of a header.</summary>
    internal const string EmbeddedLink = "/http";

    /// <summary>A time in JSON is relative to the start of the connection, in milliseconds: <c>start+3600000</c>.</summary>
    internal const string Start = "start";

    /// <summary>A time in a header is relative to the time of the response, in seconds: <c>now-60</c>.</summary>
    internal const string Now = "now";

    // Why there was no response, or why its body ended too early.
    internal const string Refused = "refused";
    internal const string NameNotFound = "nameNotFound";
    internal const string CertificateRejected = "certificateRejected";
    internal const string ConnectTimeout = "connectTimeout";
    internal const string Proxy = "proxy";

    /// <summary>The request was canceled while nothing was received: by a timeout, or by the user.</summary>
    internal const string NoResponse = "noResponse";

    internal const string Reset = "reset";

    /// <summary>The exchange could not be recorded, or only in part. This is not a failure of the exchange.</summary>
    internal const string NotRecorded = "notRecorded";

    /// <summary>
    /// The number of nested percent-encodings of a word that are decoded, as in the search for secrets. A deeper encoding is
    /// data. Without a limit, a response could overflow the stack, which ends the process.
    /// </summary>
    internal const int MaxEncodingDepth = 3;

    /// <summary>Whether a member has a number that determines what the module does, and that is not data.</summary>
    internal static bool IsCount(string member) =>
        member is "status" or "serviceErrorCode" or "rowCount" or "start" or "count" or "total" or "expires_in";
}
