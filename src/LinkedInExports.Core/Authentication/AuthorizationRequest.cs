using System.Security.Cryptography;
using System.Text;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Authentication;

/// <summary>
/// A request for a member's sign-in (authorization code). LinkedIn answers by sending the browser to the redirect address, with a
/// code that is good for one token.
/// </summary>
public sealed class AuthorizationRequest
{
    private readonly OAuthClientCredentials _application;
    private readonly AuthorizationCodeOptions _signIn;
    private readonly OAuthOptions _options;
    private readonly string _state = CreateRandomText();
    private readonly string _verifier = CreateRandomText();

    /// <summary>Initializes a request.</summary>
    /// <param name="application">The application that asks.</param>
    /// <param name="signIn">The requested scopes and the redirect address.</param>
    /// <param name="options">The settings of the OAuth host.</param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.InvalidAddress"/>.</exception>
    public AuthorizationRequest(OAuthClientCredentials application, AuthorizationCodeOptions signIn, OAuthOptions options)
    {
        if (!signIn.RedirectUri.IsAbsoluteUri)
            throw new LinkedInException(LinkedInErrorId.InvalidAddress, "The redirect address must be absolute.");
        _application = application;
        _signIn = signIn;
        _options = options;
        Address = CreateAddress();
    }

    /// <summary>The address that the member opens.</summary>
    public Uri Address { get; }

    /// <summary>Requests the token after the member has signed in.</summary>
    /// <param name="redirectedTo">The address to which LinkedIn sent the browser.</param>
    /// <param name="diagnostics">Gets a line for each request to the token endpoint.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.SignInFailed"/> or <see cref="LinkedInErrorId.InvalidCredentials"/>.
    /// </exception>
    public async Task<RefreshingTokenSource> CompleteAsync(
        string redirectedTo,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        Dictionary<string, string> answer = ParseQuery(redirectedTo.Trim().Trim('"', '\''));
        if (!answer.ContainsKey("state"))
            throw CreateError("the address has no state. Copy the complete address from the browser");
        if (!IsAnswer(answer))
            throw CreateError("the address belongs to another sign-in. Copy the newest one");

        var grant = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = GetCode(answer),
            ["redirect_uri"] = _signIn.RedirectUri.OriginalString,
        };
        if (_signIn.UsePkce)
            grant.Add("code_verifier", _verifier);
        TokenEndpointClient endpoint = _options.CreateEndpoint(_application);
        return RefreshingTokenSource.FromRefreshToken(
            endpoint,
            await endpoint.RequestAsync(grant, canRetry: true, diagnostics, cancellationToken).ConfigureAwait(false)
        );
    }

    /// <summary>Whether an address is the answer to this request, because any web page can send a browser there.</summary>
    internal bool IsAnswer(Uri redirectedTo) => IsAnswer(ParseQuery(redirectedTo.OriginalString));

    /// <summary>Whether the answer has a code.</summary>
    internal static bool HasCode(Uri redirectedTo) => HasCode(ParseQuery(redirectedTo.OriginalString));

    internal static LinkedInException CreateError(SanitizedText why) =>
        new(LinkedInErrorId.SignInFailed, $"The sign-in failed: {why}.");

    private bool IsAnswer(Dictionary<string, string> answer) => answer.TryGetValue("state", out string? state) && state == _state;

    private static bool HasCode(Dictionary<string, string> answer) =>
        !answer.ContainsKey("error") && answer.TryGetValue("code", out string? code) && code.Length > 0;

    private static string GetCode(Dictionary<string, string> answer)
    {
        if (HasCode(answer))
            return answer["code"];
        if (!answer.TryGetValue("error", out string? error))
            throw CreateError("the browser came back without a code");
        answer.TryGetValue("error_description", out string? description);
        throw CreateError(
            string.IsNullOrWhiteSpace(description)
                ? $"LinkedIn returned {SanitizedText.FromServer(error)}"
                : $"LinkedIn returned {SanitizedText.FromServer(error)}: {SanitizedText.FromServer(description!.TrimEnd('.'))}"
        );
    }

    private Uri CreateAddress()
    {
        var query = new List<(string Name, string Value)>
        {
            ("response_type", "code"),
            ("client_id", _application.ClientId),
            ("redirect_uri", _signIn.RedirectUri.OriginalString),
            ("state", _state),
            ("scope", string.Join(" ", _signIn.Scope)),
        };
        if (_signIn.UsePkce)
        {
            query.Add(("code_challenge", Base64Url(Sha256Hash.Compute(Encoding.ASCII.GetBytes(_verifier)))));
            query.Add(("code_challenge_method", "S256"));
        }

        string text = string.Join("&", query.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));
        return new Uri($"{LinkedInOAuth.ResolveEndpoint(_options.TokenUri, "authorization")}?{text}");
    }

    /// <summary>Parses the fields of an address. Of repeated fields, the first one counts.</summary>
    private static Dictionary<string, string> ParseQuery(string address)
    {
        var fields = new Dictionary<string, string>();
        string query = address.Substring(address.IndexOf('?') + 1).Split('#')[0];
        foreach (string field in query.Split('&'))
        {
            string[] parts = field.Split(['='], 2);
            string name = Decode(parts[0]);
            if (!fields.ContainsKey(name))
                fields.Add(name, parts.Length > 1 ? Decode(parts[1]) : "");
        }

        return fields;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static string CreateRandomText()
    {
        var bytes = new byte[32];
        using (RandomNumberGenerator random = RandomNumberGenerator.Create())
            random.GetBytes(bytes);
        return Base64Url(bytes);
    }

    private static string Base64Url(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
