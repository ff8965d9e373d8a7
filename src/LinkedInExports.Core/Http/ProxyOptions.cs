using System.Net;

namespace LinkedInExports.Core.Http;

/// <summary>The way out: by default the system's proxy, or that of the environment.</summary>
public sealed class ProxyOptions
{
    /// <summary>A proxy to use instead.</summary>
    public Uri? Address { get; init; }

    /// <summary>What it wants to see.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>Whether to use none at all.</summary>
    public bool IsBypassed { get; init; }

    internal IWebProxy? ToProxy() => Address is null ? null : new WebProxy(Address) { Credentials = Credential };
}
