using System.Net;

namespace LinkedInExports.Emulator.Http;

/// <summary>One request as endpoints see it: the target exactly as it was sent, nothing decoded.</summary>
internal sealed class ApiRequest
{
    public ApiRequest(string method, string rawTarget, IHeaderDictionary headers, byte[] body, IPAddress? remoteAddress)
    {
        Method = method;
        RawTarget = rawTarget;
        Headers = headers;
        Body = body;
        RemoteAddress = remoteAddress;
        (Path, Query) = Split(rawTarget);
    }

    public string Method { get; }

    public string RawTarget { get; }

    /// <summary>The path as sent, still encoded.</summary>
    public string Path { get; }

    /// <summary>The query as sent, still encoded, without the question mark.</summary>
    public string Query { get; }

    public IHeaderDictionary Headers { get; }

    public byte[] Body { get; }

    public IPAddress? RemoteAddress { get; }

    /// <summary>The last segment of the path.</summary>
    public string LastSegment => Path[(Path.LastIndexOf('/') + 1)..];

    private static (string Path, string Query) Split(string target)
    {
        // A client that believes it talks to a proxy sends an absolute target: what counts starts after the authority.
        if (!target.StartsWith('/'))
        {
            int authority = target.IndexOf("://", StringComparison.Ordinal);
            int slash = authority < 0 ? -1 : target.IndexOf('/', authority + 3);
            target = slash < 0 ? "/" : target[slash..];
        }

        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }
}
