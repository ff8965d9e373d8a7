namespace LinkedInExports.Text;

/// <summary>
/// The secrets of all connections of this process. A secret is known exactly as long as something can still use it: nothing
/// here refers to it, and when it is collected its parts are forgotten.
/// </summary>
internal static class KnownSecrets
{
    /// <summary>
    /// Finds all known secrets. Secrets are added and removed with each upload, so no index is rebuilt for them.
    /// </summary>
    internal static SecretMasker Matcher { get; } = new([]);

    /// <summary>
    /// Finds tokens and client secrets only: without the signatures of links, which a server may repeat for good reasons, and
    /// without passwords, which may be ordinary words.
    /// </summary>
    internal static SecretMasker Credentials { get; } = new([]);
}
