namespace LinkedInExports.Emulator.Behavior;

/// <summary>Whether a request for a file needs the bearer token.</summary>
public enum DownloadToken
{
    /// <summary>
    /// It is required by this emulator and by hosts of <c>linkedin.com</c>, as documented. Any other host refuses it, as stores
    /// of signed links do.
    /// </summary>
    ByHost,

    /// <summary>A request without it is 401.</summary>
    Required,

    /// <summary>A request with it is 400.</summary>
    Refused,

    /// <summary>It is not looked at.</summary>
    Ignored,
}
