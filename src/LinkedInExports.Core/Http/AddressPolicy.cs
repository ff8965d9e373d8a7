namespace LinkedInExports.Core.Http;

/// <summary>
/// Decides which addresses may see the token: the API's own, and the download hosts by exact name, over https on the
/// default port. Plain http is for loopback only, and only when the API itself is there.
/// </summary>
internal sealed class AddressPolicy
{
    private readonly Uri _api;
    private readonly HashSet<string> _downloadHosts;

    internal AddressPolicy(Uri api, IEnumerable<string> downloadHosts)
    {
        _api = api;
        _downloadHosts = new HashSet<string>(downloadHosts, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Checks an address that the user chose for the API, and gives it the slash at its end.</summary>
    /// <exception cref="LinkedInException">It is not absolute, not https, or carries more than a path.</exception>
    internal static Uri CheckedApi(Uri address)
    {
        string text = Checked(address, "the API").GetLeftPart(UriPartial.Path);
        return text.EndsWith("/", StringComparison.Ordinal) ? new Uri(text) : new Uri(text + "/");
    }

    /// <summary>Checks an address that the user chose for the token endpoint.</summary>
    /// <exception cref="LinkedInException">It is not absolute, not https, or carries more than a path.</exception>
    internal static Uri CheckedToken(Uri address) => Checked(address, "the token endpoint");

    /// <summary>Checks a host that the user names: it is a name, not an address.</summary>
    /// <exception cref="LinkedInException">It is not a name.</exception>
    internal static void CheckHost(string host)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidAddress, $"'{host}' is not the name of a host. Give it alone, such as www.linkedin.com.")
            { Target = host };
        }
    }

    /// <summary>Whether the token may go to an address.</summary>
    internal bool Allows(Uri address)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0)
            return false;

        // IdnHost: what is compared is what is resolved.
        bool isApi = address.Scheme == _api.Scheme && address.Port == _api.Port
            && address.IdnHost.Equals(_api.IdnHost, StringComparison.OrdinalIgnoreCase);
        return isApi
            || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && _downloadHosts.Contains(address.IdnHost));
    }

    private static Uri Checked(Uri address, string what)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && !IsPlainLoopback(address)))
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                $"The address of {what} has to begin with https://. Only a server on this machine, such as the emulator, may use http://.");
        }

        return address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? address
            : throw new LinkedInException(
                LinkedInErrorId.InvalidAddress,
                $"The address of {what} has to be a plain one, without user, query or fragment.");
    }

    private static bool IsPlainLoopback(Uri address) => address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;
}
