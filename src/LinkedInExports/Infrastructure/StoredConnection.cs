using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using LinkedInExports.Text;
using LinkedInExports.TypeAdapters;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// A connection in a vault: a hash table of texts, credentials and secure strings, which all vaults can store. A proxy is not
/// stored, because it belongs to the machine.
/// </summary>
internal sealed record StoredConnection
{
    private const string Prefix = "LinkedInExports.";
    private const char ListSeparator = ' ';

    internal PSCredential? ClientCredential { get; init; }

    internal SecureString? RefreshToken { get; init; }

    internal SecureString? AccessToken { get; init; }

    internal Uri? BaseUri { get; init; }

    internal Uri? TokenUri { get; init; }

    internal string? ApiVersion { get; init; }

    internal string[]? DownloadHost { get; init; }

    internal int? RecordsPerMinute { get; init; }

    internal int? RequestsPerDay { get; init; }

    internal string? RestLiProtocolVersion { get; init; }

    /// <summary>Reads the connection of a name.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.VaultFailed"/>.</exception>
    internal static StoredConnection Read(SecretVault vault, string name)
    {
        if (vault.Get(Prefix + name) is not Hashtable values)
            throw CreateInvalidError(name, "it is not a hash table");
        try
        {
            var stored = new StoredConnection
            {
                ClientCredential = values[nameof(ClientCredential)].Unwrap() as PSCredential,
                RefreshToken = values[nameof(RefreshToken)].Unwrap() as SecureString,
                AccessToken = values[nameof(AccessToken)].Unwrap() as SecureString,
                BaseUri = GetText(values, nameof(BaseUri)) is { } baseUri ? new Uri(baseUri) : null,
                TokenUri = GetText(values, nameof(TokenUri)) is { } tokenUri ? new Uri(tokenUri) : null,
                ApiVersion = GetText(values, nameof(ApiVersion)),
                DownloadHost = GetText(values, nameof(DownloadHost))?.Split(ListSeparator),
                RecordsPerMinute = GetNumber(values, nameof(RecordsPerMinute)),
                RequestsPerDay = GetNumber(values, nameof(RequestsPerDay)),
                RestLiProtocolVersion = GetText(values, nameof(RestLiProtocolVersion)),
            };
            return stored.AccessToken is not null || stored.ClientCredential is not null
                ? stored
                : throw CreateInvalidError(name, "it has neither a credential nor an access token");
        }
        catch (FormatException exception)
        {
            throw CreateInvalidError(name, exception.Message);
        }
    }

    /// <summary>Creates or replaces the connection of a name.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.VaultFailed"/>.</exception>
    internal void Write(SecretVault vault, string name)
    {
        var values = new Hashtable();
        foreach (
            (string key, object? value) in new (string, object?)[]
            {
                (nameof(ClientCredential), ClientCredential),
                (nameof(RefreshToken), RefreshToken),
                (nameof(AccessToken), AccessToken),
                (nameof(BaseUri), BaseUri?.OriginalString),
                (nameof(TokenUri), TokenUri?.OriginalString),
                (nameof(ApiVersion), ApiVersion),
                (nameof(DownloadHost), DownloadHost is null ? null : string.Join($"{ListSeparator}", DownloadHost)),
                (nameof(RecordsPerMinute), RecordsPerMinute?.ToString(CultureInfo.InvariantCulture)),
                (nameof(RequestsPerDay), RequestsPerDay?.ToString(CultureInfo.InvariantCulture)),
                (nameof(RestLiProtocolVersion), RestLiProtocolVersion),
            }
        )
        {
            if (value is not null)
                values.Add(key, value);
        }

        vault.Set(Prefix + name, values);
    }

    private static string? GetText(Hashtable values, string key) => values[key].Unwrap() as string;

    private static int? GetNumber(Hashtable values, string key) =>
        GetText(values, key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static LinkedInException CreateInvalidError(string name, SanitizedText why) =>
        new(LinkedInErrorId.VaultFailed, $"The secret {Prefix}{name} is not a stored connection: {why}.");
}
