using System.Security.Cryptography;

namespace LinkedInExports.Emulator.Http;

/// <summary>The headers by which LinkedIn's support finds a request again; every answer has them.</summary>
internal static class TraceHeaders
{
    public static void Add(IHeaderDictionary headers)
    {
        headers["x-li-uuid"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        headers["x-li-fabric"] = "prod-emulator";
        headers["x-li-request-id"] = Guid.NewGuid().ToString();
    }
}
