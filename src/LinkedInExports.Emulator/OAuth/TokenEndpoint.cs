using LinkedInExports.Emulator.Auth;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>Gives access tokens for any of three grants.</summary>
internal sealed class TokenEndpoint(
    ClientApplication application, AuthorizationCodes codes, AccessTokens tokens, RefreshTokens refreshTokens,
    EmulatorOptions options)
{
    public ApiResponse Answer(ApiRequest request)
    {
        if (FormFields.Read(request, out FormFields form) is { } unreadable) return unreadable;
        if (form.Require("grant_type") is { } missing) return missing;
        return form["grant_type"] switch
        {
            "client_credentials" => ForApplication(form),
            "authorization_code" => ForCode(form),
            "refresh_token" => ForRefreshToken(form),
            var other => OAuthError.Response(
                400, OAuthError.UnsupportedGrantType, $"The grant_type \"{other}\" is not supported"),
        };
    }

    private ApiResponse ForApplication(FormFields form)
    {
        if (application.Authenticate(form) is { } refusal) return refusal;
        if (!options.ClientCredentialsAllowed)
        {
            return OAuthError.Response(
                401, OAuthError.AccessDenied, "This application is not allowed to create application tokens");
        }

        return new TokenAnswer(tokens.Issue(grant: null), options.ExpiresInAsString ?? true).ToResponse();
    }

    private ApiResponse ForCode(FormFields form)
    {
        if ((form.Require("code", "redirect_uri") ?? application.Authenticate(form)) is { } refusal) return refusal;
        if (codes.Find(form["code"]!) is not { } code) return CodeNotFound();
        if (!codes.IsAlive(code)
            || code.RedirectUri != form["redirect_uri"]
            || !CodeChallenge.Fits(code.Challenge, form["code_verifier"]))
        {
            return OAuthError.Response(
                400,
                OAuthError.InvalidRedirectUri,
                "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
                    + "Or authorization code expired. Or external member binding exists");
        }

        // Of two requests with the same code at the same time one comes too late.
        if (!codes.Use(code)) return CodeNotFound();

        tokens.RevokeOtherScopes(code.Grant.Scope);
        refreshTokens.RevokeOtherScopes(code.Grant.Scope);
        RefreshToken? refresh = options.IssueRefreshTokens ? refreshTokens.Issue(code.Grant) : null;
        return (MemberAnswer(code.Grant, refresh) with { WithScope = true }).ToResponse();
    }

    private ApiResponse ForRefreshToken(FormFields form)
    {
        if ((form.Require("refresh_token") ?? application.Authenticate(form)) is { } refusal) return refusal;
        if (refreshTokens.Redeem(form["refresh_token"]!) is not { } valid)
        {
            return OAuthError.Response(
                400, options.RefreshErrorWord, "The provided refresh token is invalid, expired or revoked");
        }

        RefreshToken? refresh = options.IssueRefreshTokens ? valid : null;
        return (MemberAnswer(valid.Grant, refresh) with { InMinutes = options.RefreshLifetimesInMinutes }).ToResponse();
    }

    private TokenAnswer MemberAnswer(MemberGrant grant, RefreshToken? refresh) =>
        new(tokens.Issue(grant), options.ExpiresInAsString ?? false) { Refresh = refresh };

    private static ApiResponse CodeNotFound() => OAuthError.Response(
        401, OAuthError.InvalidRequest, "Unable to retrieve access token: authorization code not found");
}
