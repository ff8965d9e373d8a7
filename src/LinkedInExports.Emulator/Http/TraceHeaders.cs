using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Http;

/// <summary>The headers by which LinkedIn's support finds a request again; every answer has them.</summary>
internal static class TraceHeaders
{
    public static void Add(IHeaderDictionary headers)
    {
        headers["x-li-uuid"] = NewId();
        headers["x-li-fabric"] = "prod-emulator";
        headers["x-li-request-id"] = Guid.NewGuid().ToString();
    }

    /// <summary>
    /// Base64 as LinkedIn's own ids, but without the letters that the emulator's secrets begin with: a search for those must
    /// not find an id.
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
