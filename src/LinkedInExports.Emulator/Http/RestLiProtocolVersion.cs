using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Http;

/// <summary>The Rest.li protocol version of a request.</summary>
internal static class RestLiProtocolVersion
{
    public const string Header = "X-RestLi-Protocol-Version";

    /// <summary>The version that most operations require.</summary>
    public const string Version = "2.0.0";

    /// <summary>The version of a request without a header.</summary>
    public const string OldVersion = "1.0.0";

    /// <summary>Gets the version of a request that passed a check.</summary>
    public static string Get(EmulatorRequest request) =>
        request.Headers[Header] is { Count: > 0 } values ? values.ToString() : OldVersion;

    /// <summary>Rejects all versions but 2.0.0.</summary>
    public static EmulatorResponse? Check(EmulatorRequest request)
    {
        StringValues values = request.Headers[Header];
        if (values.Count == 1 && values[0] == Version)
            return null;
        string sent = values.Count == 0 ? "no header" : $"'{values}'";
        return LinkedInError.BadRequest($"Rest.li protocol version {Version} is expected in {Header}, got {sent}");
    }

    /// <summary>Rejects all versions but 1.0.0 and 2.0.0.</summary>
    public static EmulatorResponse? CheckEither(EmulatorRequest request) =>
        Get(request) is Version or OldVersion
            ? null
            : LinkedInError.BadRequest($"Rest.li protocol version {Get(request)} used by the client is not supported!");
}
