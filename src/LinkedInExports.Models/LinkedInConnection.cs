using System.Security;

namespace LinkedInExports;

/// <summary>
/// The facts of a connection to LinkedIn. No secret is in it; the part that can talk to LinkedIn stays in this process,
/// so a copy that went through serialization can be read but not used.
/// </summary>
public sealed class LinkedInConnection
{
    internal LinkedInConnection(object client) => Client = client;

    /// <summary>Where the API is.</summary>
    public Uri BaseUri { get; internal init; } = null!;

    /// <summary>
    /// The hosts, beside that of <see cref="BaseUri"/>, that files are downloaded from; those with <c>=token</c> receive the
    /// token.
    /// </summary>
    public IReadOnlyList<string> DownloadHost { get; internal init; } = [];

    /// <summary>The version of the API that is asked for, such as <c>202603</c>; null for the unversioned API.</summary>
    public string? ApiVersion { get; internal init; }

    /// <summary>
    /// Where the token comes from: <c>AccessToken</c>, <c>ClientCredential</c>, <c>RefreshToken</c> or <c>Interactive</c>.
    /// </summary>
    public string Authentication { get; internal init; } = "";

    /// <summary>When the connection was made, UTC.</summary>
    public DateTimeOffset ConnectedAt { get; internal init; }

    /// <summary>The resume records that may be sent in a minute.</summary>
    public int RecordsPerMinute { get; internal init; }

    /// <summary>The resume requests that may be sent in a day (UTC).</summary>
    public int RequestsPerDay { get; internal init; }

    /// <summary>When the current token expires, UTC; null if unknown. The token is replaced before, if possible.</summary>
    public DateTimeOffset? TokenExpiresAt => (Client as IConnectionSecrets)?.TokenExpiresAt;

    /// <summary>
    /// The newest refresh token, for your vault: LinkedIn may replace it whenever a token is renewed. Null for connections
    /// without one.
    /// </summary>
    public SecureString? GetRefreshToken()
    {
        if ((Client as IConnectionSecrets)?.RefreshToken is not { } token)
            return null;

        var secure = new SecureString();
        foreach (char character in token)
            secure.AppendChar(character);
        secure.MakeReadOnly();
        return secure;
    }

    /// <summary>The engine, opaque here because this assembly knows nothing of it.</summary>
    internal object Client { get; }

    /// <inheritdoc/>
    public override string ToString() => BaseUri.AbsoluteUri;
}
