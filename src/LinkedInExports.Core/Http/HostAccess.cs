namespace LinkedInExports.Core.Http;

/// <summary>Specifies how a request may be sent to a host.</summary>
internal enum HostAccess
{
    /// <summary>Not at all.</summary>
    Denied,

    /// <summary>Without the token, and only to a public address; for redirects to unknown hosts.</summary>
    PublicWithoutToken,

    /// <summary>Without the token.</summary>
    WithoutToken,

    /// <summary>With the token.</summary>
    WithToken,
}
