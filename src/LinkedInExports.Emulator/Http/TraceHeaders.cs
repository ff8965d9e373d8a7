using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Http;

/// <summary>The headers with which LinkedIn's support identifies a request. All responses have them.</summary>
internal static class TraceHeaders
{
    public static void Add(IHeaderDictionary headers)
    {
        headers["x-li-uuid"] = NewId();
        headers["x-li-fabric"] = "prod-emulator";
        headers["x-li-request-id"] = Guid.NewGuid().ToString();
    }

    /// <summary>
    /// Base64 like LinkedIn's ids, but without the letters with which the emulator's secrets begin, so that a search for secrets
    /// does not find an id.
    /// </summary>
    private static string NewId()
    {
        while (true)
        {
            string id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            if (!id.Contains("AQ", StringComparison.Ordinal))
                return id;
        }
    }
}
