using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Http;

/// <summary>The version of the Rest.li protocol that every call has to state.</summary>
internal static class Protocol
{
    public const string Header = "X-RestLi-Protocol-Version";
    public const string Version = "2.0.0";

    public static ApiResponse? Check(ApiRequest request)
    {
        StringValues values = request.Headers[Header];
        if (values.Count == 1 && values[0] == Version) return null;
        string sent = values.Count == 0 ? "no header" : $"'{values}'";
        return LinkedInError.BadRequest($"Rest.li protocol version {Version} is expected in {Header}, got {sent}");
    }
}
