using System.Net;
using LinkedInExports.Text;

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

    /// <summary>What holds for an address: on the way to this machine itself a proxy of the environment has no business.</summary>
    internal ProxyOptions For(Uri address) =>
        address.IsAbsoluteUri && address.IsLoopback && Address is null ? new ProxyOptions { IsBypassed = true } : this;

    /// <summary>What must not be shown: passwords in the address or the credential.</summary>
    internal IEnumerable<Secret> Secrets()
    {
        if (Credential?.Password is { Length: > 0 } password)
            yield return new Secret(password, isRandom: false);
        if (Address is { IsAbsoluteUri: true, UserInfo.Length: > 0 } address)
            yield return new Secret(Uri.UnescapeDataString(address.UserInfo.Substring(address.UserInfo.IndexOf(':') + 1)), isRandom: false);
    }

    internal IWebProxy? ToProxy() => Address is null ? null : new WebProxy(Address) { Credentials = Credential };
}
