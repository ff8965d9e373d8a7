namespace LinkedInExports.Emulator.Behavior;

/// <summary>The host of links or redirects: <c>media.licdn.com</c>, <c>host:port</c>, or with a scheme.</summary>
internal static class LinkedHost
{
    public static bool IsValid(string host) => TryParse(host, out _);

    /// <summary>Gets scheme, host and port without a trailing slash. The default scheme is https.</summary>
    public static string GetOrigin(string host) =>
        TryParse(host, out Uri? uri)
            ? uri.GetLeftPart(UriPartial.Authority)
            : throw new ArgumentException($"'{host}' is not a host.", nameof(host));

    /// <summary>Whether a <c>Host</c> header has this host.</summary>
    public static bool Matches(string? host, string header) =>
        host is not null && TryParse(host, out Uri? uri) && header.Equals(uri.Authority, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a <c>Host</c> header has a host of <c>linkedin.com</c>.</summary>
    public static bool IsLinkedIn(string header)
    {
        string name = header.Split(':')[0];
        return name.Equals("linkedin.com", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".linkedin.com", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParse(string host, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? uri)
    {
        string address = host.Contains("://", StringComparison.Ordinal) ? host : $"https://{host}";
        return Uri.TryCreate(address, UriKind.Absolute, out uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.PathAndQuery == "/"
            && uri.UserInfo.Length == 0
            && uri.Host.Length > 0;
    }
}
