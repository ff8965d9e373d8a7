using System.Net;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>Proxy settings. The default is the proxy of the system or the environment.</summary>
public sealed class ProxyOptions
{
    private static readonly string[] Variables =
    [
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ];

    private static readonly string[] Schemes =
#if NET
    ["http", "https", "socks4", "socks4a", "socks5"];
#else
    ["http"];
#endif

    private readonly List<Secret> _secrets = [];

    /// <summary>The proxy to use; a user and password in the address are its credentials.</summary>
    public Uri? Address { get; init; }

    /// <summary>The credentials for the proxy, also for the one of the system or the environment.</summary>
    public NetworkCredential? Credential { get; init; }

    /// <summary>Whether to use no proxy.</summary>
    public bool IsBypassed { get; init; }

    /// <summary>Gets the settings for an address: the default proxy is not used for loopback.</summary>
    internal ProxyOptions Create(Uri address) =>
        address.IsAbsoluteUri && address.IsLoopback && Address is null ? new ProxyOptions { IsBypassed = true } : this;

    /// <summary>Validates the address, and registers passwords as secrets.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    internal void Validate()
    {
        if (Address is not null && (!Address.IsAbsoluteUri || Address.Host.Length == 0 || !Schemes.Contains(Address.Scheme)))
        {
            // The address may contain a user and a password, in any form.
            string text = Address.OriginalString;
            string scheme = Address.IsAbsoluteUri && text.Contains("://") ? $"{Address.Scheme}://" : "";
            string host = text.Substring(text.LastIndexOf('@') + 1);
            throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                $"The proxy {(host.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? "" : scheme)}{host} cannot be used. "
                    + $"Specify it as scheme://host:port with the scheme {string.Join(", ", Schemes)}."
            );
        }

        IEnumerable<string?> passwords = Variables
            .Select(name =>
                Uri.TryCreate(Environment.GetEnvironmentVariable(name), UriKind.Absolute, out Uri? proxy)
                    ? GetPassword(proxy)
                    : null
            )
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
        address.UserInfo.Length == 0
            ? null
            : new NetworkCredential(Uri.UnescapeDataString(address.UserInfo.Split(':')[0]), GetPassword(address));

    private static string GetPassword(Uri address) =>
        address.UserInfo.IndexOf(':') is >= 0 and var colon ? Uri.UnescapeDataString(address.UserInfo.Substring(colon + 1)) : "";
}
