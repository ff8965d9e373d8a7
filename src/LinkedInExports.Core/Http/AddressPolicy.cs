using System.Net;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Decides which addresses may be requested, and which of them receive the token: the API and named hosts, over https on the
/// default port. Plain http is allowed for loopback only, if the API itself is there.
/// </summary>
internal sealed class AddressPolicy
{
    private readonly Uri _api;
    private readonly Dictionary<string, DownloadHost> _downloadHosts = new(StringComparer.OrdinalIgnoreCase);

    internal AddressPolicy(Uri api, IEnumerable<DownloadHost> downloadHosts)
    {
        _api = api;
        foreach (DownloadHost host in downloadHosts)
            _downloadHosts[host.Name] = host; // The last entry wins, so that users can change documented hosts.
    }

    /// <summary>Validates the address of the API, and appends a slash.</summary>
    /// <exception cref="LinkedInException">The address is not absolute, not https, or has a query or fragment.</exception>
    internal static Uri ValidateApiUri(Uri address)
    {
        string text = Validate(address, "the API").GetLeftPart(UriPartial.Path);
        return text.EndsWith("/", StringComparison.Ordinal) ? new Uri(text) : new Uri(text + "/");
    }

    /// <summary>Validates the address of the token endpoint.</summary>
    /// <exception cref="LinkedInException">The address is not absolute, not https, or has a query or fragment.</exception>
    internal static Uri ValidateTokenUri(Uri address) => Validate(address, "the token endpoint");

    /// <summary>The address of the API.</summary>
    internal Uri Api => _api;

    /// <summary>Whether an allowed address has the scheme, host and port of the API.</summary>
    internal bool IsApi(Uri address) =>
        address.Scheme == _api.Scheme
        && address.Port == _api.Port
        && address.IdnHost.Equals(_api.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets how a request may be sent to an address from a response.</summary>
    /// <param name="address">The address.</param>
    /// <param name="isRedirect">Whether the address is the target of a redirect, which may be any public host.</param>
    internal HostAccess GetAccess(Uri address, bool isRedirect = false)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0 || GetHost(address) is not { Length: > 0 } host)
            return HostAccess.Denied;
        if (IsApi(address))
            return HostAccess.WithToken;

        if (address.Scheme != Uri.UriSchemeHttps)
            return HostAccess.Denied;
        if (address.IsDefaultPort && _downloadHosts.TryGetValue(host, out DownloadHost? named))
            return named.ReceivesToken ? HostAccess.WithToken : HostAccess.WithoutToken;
        return isRedirect && CanBePublic(address, host) ? HostAccess.PublicWithoutToken : HostAccess.Denied;
    }

    /// <summary>Gets the ASCII host name, or null if it is invalid, for example because it contains U+FFFD.</summary>
    private static string? GetHost(Uri address)
    {
        try
        {
            return address.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    /// <summary>The addresses of a name are checked when the connection is opened.</summary>
    private static bool CanBePublic(Uri address, string host) =>
        !address.IsLoopback
        && (
            IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? literal) ? PublicAddress.IsPublic(literal) : host.Contains('.')
        );

    private static Uri Validate(Uri address, string endpoint)
    {
        if (
            !address.IsAbsoluteUri
            || GetHost(address) is null
            || (address.Scheme != Uri.UriSchemeHttps && !IsPlainLoopback(address))
        )
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                $"The address of {endpoint} must begin with https://. Only a server on this machine, such as the emulator, may "
                    + "use http://."
            );
        }

        return address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? address
            : throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                $"The address of {endpoint} must not have a user, query or fragment."
            );
    }

    private static bool IsPlainLoopback(Uri address) => address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;
}
