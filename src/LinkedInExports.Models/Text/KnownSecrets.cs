namespace LinkedInExports.Text;

/// <summary>
/// The secrets of all connections of this process. This class does not keep secrets alive: a secret is removed when it is
/// garbage-collected, because nothing can use it then.
/// </summary>
internal static class KnownSecrets
{
    /// <summary>
    /// Finds all known secrets. Secrets are added and removed with each upload, so no index is rebuilt for them.
    /// </summary>
    internal static SecretMasker Matcher { get; } = new([]);

    /// <summary>
    /// Finds only tokens and client secrets, but not the signatures of links, which a server can repeat legitimately, and not
    /// passwords, which can be ordinary words.
    /// </summary>
    internal static SecretMasker Credentials { get; } = new([]);
}
