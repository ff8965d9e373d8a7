using LinkedInExports.Core;
using LinkedInExports.Core.Auth;

namespace LinkedInExports.Base;

/// <summary>Makes connections from what a user gives, or from the environment.</summary>
internal static class ConnectionFactory
{
    internal const string TokenVariable = "LINKEDIN_ACCESS_TOKEN";
    internal const string BaseUriVariable = "LINKEDIN_BASE_URI";

    internal static LinkedInConnection FromToken(string token, string authentication, Uri? baseUri, string[]? downloadHosts)
    {
        string trimmed = token.Trim();
        if (trimmed.Length == 0 || trimmed.Any(character => character is <= ' ' or > '~'))
        {
            throw new LinkedInException(
                LinkedInErrorId.TokenRefused, "The access token is empty, or has characters in it that no token has.");
        }

        var client = new LinkedInClient(new LinkedInClientOptions
        {
            AccessToken = new FixedAccessToken(trimmed),
            BaseUri = baseUri ?? LinkedInClientOptions.DefaultBaseUri,
            DownloadHosts = downloadHosts ?? LinkedInClientOptions.DefaultDownloadHosts,
        });
        return new LinkedInConnection(client)
        {
            BaseUri = client.BaseUri,
            DownloadHost = [.. downloadHosts ?? LinkedInClientOptions.DefaultDownloadHosts],
            Authentication = authentication,
            ConnectedAt = DateTimeOffset.UtcNow,
        };
    }

    internal static bool IsInEnvironment => Variable(TokenVariable) is not null;

    /// <param name="baseUri">Beats the variable.</param>
    /// <param name="downloadHosts">Null for LinkedIn's own.</param>
    internal static LinkedInConnection FromEnvironment(Uri? baseUri, string[]? downloadHosts)
    {
        string token = Variable(TokenVariable)
            ?? throw new LinkedInException(LinkedInErrorId.EnvironmentIncomplete, $"The environment variable {TokenVariable} is not set.");
        return FromToken(token, "Environment", baseUri ?? BaseUriFromEnvironment(), downloadHosts);
    }

    private static Uri? BaseUriFromEnvironment()
    {
        if (Variable(BaseUriVariable) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            ? uri
            : throw new LinkedInException(LinkedInErrorId.EnvironmentIncomplete, $"The environment variable {BaseUriVariable} is not an address.");
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && value.Trim().Length > 0 ? value.Trim() : null;
}
