using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Http;

/// <summary>The version of the Rest.li protocol that a call is made in.</summary>
internal static class RestLiProtocolVersion
{
    public const string Header = "X-RestLi-Protocol-Version";

    /// <summary>What most calls have to state.</summary>
    public const string Version = "2.0.0";

    /// <summary>What a call is in that states nothing.</summary>
    public const string OldVersion = "1.0.0";

    /// <summary>The version of a request that passed a check.</summary>
    public static string Get(EmulatorRequest request) =>
        request.Headers[Header] is { Count: > 0 } values ? values.ToString() : OldVersion;

    /// <summary>Refuses all but the newer version.</summary>
    public static EmulatorResponse? Check(EmulatorRequest request)
    {
        StringValues values = request.Headers[Header];
        if (values.Count == 1 && values[0] == Version)
            return null;
        string sent = values.Count == 0 ? "no header" : $"'{values}'";
        return LinkedInError.BadRequest($"Rest.li protocol version {Version} is expected in {Header}, got {sent}");
    }

    /// <summary>Refuses what is neither of the two versions.</summary>
    public static EmulatorResponse? CheckEither(EmulatorRequest request) =>
        Get(request) is Version or OldVersion
            ? null
            : LinkedInError.BadRequest($"Rest.li protocol version {Get(request)} used by the client is not supported!");
}
