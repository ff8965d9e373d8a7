using System.Net;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>The way out: by default the system's proxy, or that of the environment.</summary>
public sealed class ProxyOptions
{
    private static readonly string[] Variables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    private static readonly string[] Schemes =
#if NET
        ["http", "https", "socks4", "socks4a", "socks5"];
#else
        ["http"];
#endif

    private readonly List<Secret> _secrets = [];

    /// <summary>A proxy to use instead; user and password in it are its credential.</summary>
    public Uri? Address { get; init; }

    /// <summary>The credential for the proxy, also for one of the system or of the environment.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>Whether to use none at all.</summary>
    public bool IsBypassed { get; init; }

    /// <summary>What holds for an address: on the way to this machine itself a proxy of the environment has no business.</summary>
    internal ProxyOptions Create(Uri address) =>
        address.IsAbsoluteUri && address.IsLoopback && Address is null ? new ProxyOptions { IsBypassed = true } : this;

    /// <summary>Checks the address, and remembers the passwords that must not be shown.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    internal void Validate()
    {
        if (Address is not null && (!Address.IsAbsoluteUri || Address.Host.Length == 0 || !Schemes.Contains(Address.Scheme)))
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                $"The proxy {(Address.IsAbsoluteUri ? UriRedactor.Redact(Address) : Address.OriginalString)} cannot be used. Give it as scheme://host:port with the scheme {string.Join(", ", Schemes)}.");
        }

        IEnumerable<string?> passwords = Variables
            .Select(name => Uri.TryCreate(Environment.GetEnvironmentVariable(name), UriKind.Absolute, out Uri? proxy) ? GetPassword(proxy) : null)
            .Append(Credential?.Password)
            .Append(Address is null ? null : GetPassword(Address));
        foreach (string? password in passwords)
        {
            if (password is { Length: > 0 })
                _secrets.Add(new Secret(password, isRandom: false));
        }
    }

    internal IWebProxy? ToProxy()
    {
        if (Address is null)
            return null;

        var plain = new UriBuilder(Address) { UserName = "", Password = "" };
        return new WebProxy(plain.Uri) { Credentials = Credential ?? GetCredential(Address) };
    }

    private static NetworkCredential? GetCredential(Uri address) =>
        address.UserInfo.Length == 0 ? null
        : new NetworkCredential(Uri.UnescapeDataString(address.UserInfo.Split(':')[0]), GetPassword(address));

    private static string GetPassword(Uri address) =>
        address.UserInfo.IndexOf(':') is >= 0 and var colon ? Uri.UnescapeDataString(address.UserInfo.Substring(colon + 1)) : "";
}
