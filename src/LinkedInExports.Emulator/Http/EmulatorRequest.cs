using System.Net;

namespace LinkedInExports.Emulator.Http;

/// <summary>One request as endpoints see it: the target exactly as it was sent, nothing decoded.</summary>
internal sealed class EmulatorRequest
{
    public EmulatorRequest(string method, string rawTarget, IHeaderDictionary headers, IPAddress? remoteAddress)
    {
        Method = method;
        RawTarget = rawTarget;
        Headers = headers;
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

    /// <summary>Empty where there is a <see cref="Digest"/> instead.</summary>
    public byte[] Body { get; private init; } = [];

    /// <summary>What is left of the body of an operation that only digests it.</summary>
    public BodyDigest? Digest { get; private init; }

    public IPAddress? RemoteAddress { get; }

    /// <summary>The last segment of the path.</summary>
    public string LastSegment => Path[(Path.LastIndexOf('/') + 1)..];

    public EmulatorRequest With(byte[] body) => new(Method, RawTarget, Headers, RemoteAddress) { Body = body };

    public EmulatorRequest With(BodyDigest digest) => new(Method, RawTarget, Headers, RemoteAddress) { Digest = digest };

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
