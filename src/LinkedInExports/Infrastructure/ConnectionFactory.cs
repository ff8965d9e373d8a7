using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using LinkedInExports.Core;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Infrastructure;

/// <summary>Creates connections from parameters and environment variables.</summary>
internal sealed class ConnectionFactory
{
    /// <summary>The year and month of a version of the API, such as 202603.</summary>
    internal const string ApiVersionPattern = "^20[0-9]{4}$";

    internal const string DefaultProtocol = "1.0.0";

    private const string TokenVariable = "LINKEDIN_ACCESS_TOKEN";
    private const string ClientIdVariable = "LINKEDIN_CLIENT_ID";
    private const string ClientSecretVariable = "LINKEDIN_CLIENT_SECRET";
    private const string RefreshTokenVariable = "LINKEDIN_REFRESH_TOKEN";
    private const string BaseUriVariable = "LINKEDIN_BASE_URI";
    private const string TokenUriVariable = "LINKEDIN_TOKEN_URI";
    private const string ApiVersionVariable = "LINKEDIN_API_VERSION";
    private const string DownloadHostsVariable = "LINKEDIN_DOWNLOAD_HOSTS";

    private const string InteractiveAuthentication = "Interactive";

    private static readonly string[] Variables =
    [
        TokenVariable,
        ClientIdVariable,
        ClientSecretVariable,
        RefreshTokenVariable,
        BaseUriVariable,
        TokenUriVariable,
        ApiVersionVariable,
        DownloadHostsVariable,
    ];

    /// <summary>Random for each process, so that the hash of a weak secret cannot be looked up.</summary>
    private static readonly byte[] HashKey = CreateKey();

    internal static bool IsConfiguredInEnvironment =>
        GetVariable(TokenVariable) is not null || GetVariable(ClientIdVariable) is not null;

    /// <summary>A keyed hash of the environment variables, to detect changes without keeping the secrets.</summary>
    internal static string EnvironmentHash
    {
        get
        {
            using var hash = new HMACSHA256(HashKey);
            IEnumerable<string> values = Variables.Select(name =>
                GetVariable(name) is { } value ? $"{value.Length}:{value}" : "-"
            );
            return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(string.Concat(values))));
        }
    }

    internal Uri? BaseUri { get; init; }

    internal Uri? TokenUri { get; init; }

    internal string[]? DownloadHost { get; init; }

    internal string? ApiVersion { get; init; }

    internal ProxyOptions Proxy { get; init; } = new();

    internal int RecordsPerMinute { get; init; } = LinkedInClientOptions.DefaultRecordsPerMinute;

    internal int RequestsPerDay { get; init; } = LinkedInClientOptions.DefaultRequestsPerDay;

    internal string RestLiProtocolVersion { get; init; } = DefaultProtocol;

    /// <summary>The recorder of the requests, which include those for tokens.</summary>
    internal IncidentRecorder Incidents { get; init; } = new();

    internal LinkedInConnection FromToken(SecureString token) => FromToken(ToPlainText(token));

    internal LinkedInConnection FromClientCredentials(PSCredential credential) =>
        Create(
            LinkedInOAuth.FromClientCredentials(CreateClientCredentials(credential), OAuth),
            "ClientCredential",
            credential.UserName
        );

    internal LinkedInConnection FromRefreshToken(PSCredential credential, SecureString refreshToken) =>
        Create(
            LinkedInOAuth.FromRefreshToken(CreateClientCredentials(credential), ToPlainText(refreshToken), OAuth),
            "RefreshToken",
            credential.UserName
        );

    internal AuthorizationRequest CreateAuthorizationRequest(PSCredential credential, AuthorizationCodeOptions signIn) =>
        new(CreateClientCredentials(credential), signIn, OAuth);

    /// <summary>Uses the address to which LinkedIn sent the browser.</summary>
    internal async Task<LinkedInConnection> FromSignInAsync(
        AuthorizationRequest request,
        string clientId,
        string redirectedTo,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        Create(
            await request.CompleteAsync(redirectedTo, diagnostics, cancellationToken).ConfigureAwait(false),
            InteractiveAuthentication,
            clientId
        );

    internal async Task<LinkedInConnection> FromSignInAsync(
        PSCredential credential,
        AuthorizationCodeOptions signIn,
        Action<Uri> openBrowser,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) =>
        Create(
            await AuthorizationCodeFlow
                .AuthorizeAsync(CreateClientCredentials(credential), signIn, OAuth, openBrowser, diagnostics, cancellationToken)
                .ConfigureAwait(false),
            InteractiveAuthentication,
            credential.UserName
        );

    /// <summary>Uses the environment variables for parameters that are not specified.</summary>
    internal static LinkedInConnection FromEnvironment(ConnectionFactory parameters)
    {
        var factory = new ConnectionFactory
        {
            BaseUri = parameters.BaseUri ?? ValidateUri(BaseUriVariable),
            TokenUri = parameters.TokenUri ?? ValidateUri(TokenUriVariable),
            DownloadHost =
                parameters.DownloadHost
                ?? GetVariable(DownloadHostsVariable)?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries),
            ApiVersion = parameters.ApiVersion ?? ValidateVersion(),
            Proxy = parameters.Proxy,
            RecordsPerMinute = parameters.RecordsPerMinute,
            RequestsPerDay = parameters.RequestsPerDay,
            RestLiProtocolVersion = parameters.RestLiProtocolVersion,
            Incidents = parameters.Incidents,
        };
        if (GetVariable(TokenVariable) is { } token)
            return factory.FromToken(token);

        string id =
            GetVariable(ClientIdVariable)
            ?? throw CreateIncompleteError($"Neither {TokenVariable} nor {ClientIdVariable} is set in the environment.");
        string secret =
            GetVariable(ClientSecretVariable)
            ?? throw CreateIncompleteError($"{ClientIdVariable} is set in the environment, and {ClientSecretVariable} is not.");
        var application = new OAuthClientCredentials(id, secret);
        return GetVariable(RefreshTokenVariable) is { } refreshToken
            ? factory.Create(LinkedInOAuth.FromRefreshToken(application, refreshToken, factory.OAuth), "RefreshToken", id)
            : factory.Create(LinkedInOAuth.FromClientCredentials(application, factory.OAuth), "ClientCredential", id);
    }

    private OAuthOptions OAuth =>
        new()
        {
            TokenUri = TokenUri ?? LinkedInOAuth.DefaultTokenUri,
            Proxy = Proxy,
            Incidents = Incidents,
        };

    private LinkedInConnection FromToken(string token)
    {
        string trimmed = token.Trim();
        return trimmed.Length > 0 && trimmed.All(character => character is > ' ' and <= '~')
            ? Create(new StaticTokenSource(trimmed), "AccessToken")
            : throw new LinkedInException(
                LinkedInErrorId.TokenRejected,
                "The access token is empty or contains invalid characters."
            );
    }

    private LinkedInConnection Create(IAccessTokenSource token, string authentication, string? clientId = null)
    {
        DownloadHost[] hosts = [.. (DownloadHost ?? []).Select(Core.Http.DownloadHost.Parse)];
        var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = token,
                ClientId = clientId,
                DataFolder = UserData.Folder,
                BaseUri = BaseUri ?? LinkedInClientOptions.DefaultBaseUri,
                DownloadHosts = hosts,
                ApiVersion = ApiVersion,
                Proxy = Proxy,
                Incidents = Incidents,
                RecordsPerMinute = RecordsPerMinute,
                RequestsPerDay = RequestsPerDay,
                ResumeProtocol = RestLiProtocolVersion == "2.0.0" ? RestLiProtocol.V2 : RestLiProtocol.V1,
            }
        );
        return new LinkedInConnection(client)
        {
            BaseUri = client.BaseUri,
            DownloadHost = [.. Core.Http.DownloadHost.Documented.Concat(hosts).Select(host => host.ToString())],
            ApiVersion = ApiVersion,
            Authentication = authentication,
            RecordsPerMinute = RecordsPerMinute,
            RequestsPerDay = RequestsPerDay,
            ConnectedAt = DateTimeOffset.UtcNow,
        };
    }

    private static OAuthClientCredentials CreateClientCredentials(PSCredential credential) =>
        new(credential.UserName, ToPlainText(credential.Password));

    private static string ToPlainText(SecureString secret) => new NetworkCredential("", secret).Password;

    private static Uri? ValidateUri(string variable) =>
        GetVariable(variable) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out Uri? address) ? address
        : throw CreateIncompleteError($"The environment variable {variable} is not an address.");

    private static string? ValidateVersion() =>
        GetVariable(ApiVersionVariable) is not { } version ? null
        : Regex.IsMatch(version, ApiVersionPattern) ? version
        : throw CreateIncompleteError($"The environment variable {ApiVersionVariable} is not a version such as 202603.");

    private static string? GetVariable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && value.Trim().Length > 0 ? value.Trim() : null;

    private static byte[] CreateKey()
    {
        var key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }

    private static LinkedInException CreateIncompleteError(string message) => new(LinkedInErrorId.EnvironmentIncomplete, message);
}
