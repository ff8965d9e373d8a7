namespace LinkedInExports.Emulator.Behavior;

/// <summary>Specifies whether a download needs the bearer token.</summary>
public enum DownloadToken
{
    /// <summary>
    /// The emulator and hosts of <c>linkedin.com</c> require it, as documented. Other hosts reject it, as stores with
    /// signed links do.
    /// </summary>
    ByHost,

    /// <summary>A request without a token returns 401.</summary>
    Required,

    /// <summary>A request with a token returns 400.</summary>
    Refused,

    /// <summary>The token is ignored.</summary>
    Ignored,
}
