using System.Net;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The endpoint to which a browser is sent. The options specify the member's decision.</summary>
internal sealed class AuthorizationEndpoint(ClientApplication application, AuthorizationCodes codes, EmulatorOptions options)
{
    public EmulatorResponse Handle(EmulatorRequest request)
    {
        var query = new FormFields();
        if ((query.ReadAddress(request.Query) ?? Check(query)) is { } problem)
            return CreatePage(problem);

        string redirectUri = query["redirect_uri"]!;
        string? state = query["state"];
        return options.AuthorizationOutcome switch
        {
            AuthorizationOutcome.CancelLogin => CreateRedirect(
                redirectUri,
                state,
                "error",
                "user_cancelled_login",
                "The user cancelled LinkedIn login"
            ),
            AuthorizationOutcome.CancelAuthorize => CreateRedirect(
                redirectUri,
                state,
                "error",
                "user_cancelled_authorize",
                "The user cancelled the authorization"
            ),
            AuthorizationOutcome.WrongState => CreateRedirect(redirectUri, RandomText.Token(12), "code", IssueCode(query)),
            _ => CreateRedirect(redirectUri, state, "code", IssueCode(query)),
        };
    }

    private string? Check(FormFields query)
    {
        // The secret must not be sent in a URL, even if it is correct.
        if (query["client_secret"] is not null)
            return "client_secret is not allowed here";
        if (query.FirstMissing("response_type", "client_id", "redirect_uri", "scope") is { } missing)
            return $"{missing} is missing";
        if (query["response_type"] != "code")
            return "response_type must be code";
        if (query["client_id"] != application.Id)
            return "client_id is not known";
        if (!IsAllowed(query["redirect_uri"]!))
            return "redirect_uri must be an absolute http(s) address without fragment";
        if (
            options.GrantedScopes is { } granted
            && Array.Find(ScopeSet.Split(query["scope"]!), scope => !granted.Contains(scope)) is { } unknown
        )
        {
            return $"scope {unknown} is not granted to the application";
        }

        return CodeChallenge.Check(query);
    }

    private string IssueCode(FormFields query) =>
        codes.Issue(ScopeSet.Normalize(query["scope"]!), query["redirect_uri"]!, query["code_challenge"]);

    private static bool IsAllowed(string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && !redirectUri.Contains('#', StringComparison.Ordinal);

    private static EmulatorResponse CreateRedirect(
        string redirectUri,
        string? state,
        string name,
        string value,
        string? description = null
    )
    {
        string address = new Uri(redirectUri).AbsoluteUri;
        char separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        address += $"{separator}{name}={Uri.EscapeDataString(value)}";
        if (description is not null)
            address += $"&error_description={Uri.EscapeDataString(description)}";
        if (state is not null)
            address += $"&state={Uri.EscapeDataString(state)}";
        return new EmulatorResponse(302).With("Location", address);
    }

    // Without a valid redirect_uri, the error is shown instead of redirecting the browser.
    private static EmulatorResponse CreatePage(string problem) =>
        EmulatorResponse.Html(
            401,
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><title>Authorization | LinkedIn</title></head>
            <body><h1>Bummer, something went wrong.</h1><p>{WebUtility.HtmlEncode(problem)}</p></body></html>

            """
        );
}
