using System.Security;

namespace LinkedInExports;

/// <summary>
/// The properties of a connection to LinkedIn, without secrets. The client exists only in this process, so a deserialized
/// connection can be read but not used.
/// </summary>
public sealed class LinkedInConnection
{
    internal LinkedInConnection(object client) => Client = client;

    /// <summary>The base address of the API.</summary>
    public Uri BaseUri { get; internal init; } = null!;

    /// <summary>
    /// The hosts from which files are downloaded, in addition to the host of <see cref="BaseUri"/>. Hosts with <c>=token</c>
    /// receive the token.
    /// </summary>
    public IReadOnlyList<string> DownloadHost { get; internal init; } = [];

    /// <summary>The requested API version, for example <c>202603</c>, or null for the unversioned API.</summary>
    public string? ApiVersion { get; internal init; }

    /// <summary>
    /// Where the token comes from: <c>AccessToken</c>, <c>ClientCredential</c>, <c>RefreshToken</c> or <c>Interactive</c>.
    /// </summary>
    public string Authentication { get; internal init; } = "";

    /// <summary>The time when the connection was created, in UTC.</summary>
    public DateTimeOffset ConnectedAt { get; internal init; }

    /// <summary>The maximum number of resume records per minute.</summary>
    public int RecordsPerMinute { get; internal init; }

    /// <summary>The maximum number of resume requests per UTC day.</summary>
    public int RequestsPerDay { get; internal init; }

    /// <summary>
    /// The resume requests that the current UTC day still allows, as far as this machine knows; null for a deserialized
    /// connection.
    /// </summary>
    public int? RemainingRequests => (Client as IConnectionState)?.RemainingRequests;

    /// <summary>The time when the token expires, in UTC, or null if unknown. It is renewed before, if possible.</summary>
    public DateTimeOffset? TokenExpiresAt => (Client as IConnectionState)?.TokenExpiresAt;

    /// <summary>
    /// Gets the newest refresh token to store in a vault, because LinkedIn can replace it when a token is renewed. Null for
    /// connections without one.
    /// </summary>
    public SecureString? GetRefreshToken()
    {
        if ((Client as IConnectionState)?.RefreshToken is not { } token)
            return null;

        var secure = new SecureString();
        foreach (char character in token)
            secure.AppendChar(character);
        secure.MakeReadOnly();
        return secure;
    }

    /// <summary>The client. Its type is not known in this assembly.</summary>
    internal object Client { get; }

    /// <inheritdoc/>
    public override string ToString() => BaseUri.AbsoluteUri;
}
