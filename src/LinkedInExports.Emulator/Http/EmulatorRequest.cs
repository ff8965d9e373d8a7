using System.Net;

namespace LinkedInExports.Emulator.Http;

/// <summary>A request with its target as it was sent, not decoded.</summary>
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

    /// <summary>The encoded path.</summary>
    public string Path { get; }

    /// <summary>The encoded query, without the question mark.</summary>
    public string Query { get; }

    public IHeaderDictionary Headers { get; }

    /// <summary>The body. Empty if the request has a <see cref="Digest"/>.</summary>
    public byte[] Body { get; private init; } = [];

    /// <summary>The digest of the body, for operations that do not need its content.</summary>
    public BodyDigest? Digest { get; private init; }

    public IPAddress? RemoteAddress { get; }

    public string LastSegment => Path[(Path.LastIndexOf('/') + 1)..];

    public EmulatorRequest With(byte[] body) => new(Method, RawTarget, Headers, RemoteAddress) { Body = body };

    public EmulatorRequest With(BodyDigest digest) => new(Method, RawTarget, Headers, RemoteAddress) { Digest = digest };

    private static (string Path, string Query) Split(string target)
    {
        // A client that uses the emulator as its proxy sends an absolute target.
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
