using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>Issues access tokens for three grant types.</summary>
internal sealed class TokenEndpoint(
    ClientApplication application,
    AuthorizationCodes codes,
    AccessTokens tokens,
    RefreshTokens refreshTokens,
    EmulatorOptions options
)
{
    public EmulatorResponse Handle(EmulatorRequest request)
    {
        if (FormFields.Read(request, out FormFields form) is { } unreadable)
            return unreadable;
        if (form.Require("grant_type") is { } missing)
            return missing;
        return form["grant_type"] switch
        {
            "client_credentials" => HandleClientCredentials(form),
            "authorization_code" => HandleAuthorizationCode(form),
            "refresh_token" => HandleRefreshToken(form),
            var other => OAuthError.Create(400, OAuthError.UnsupportedGrantType, $"The grant_type \"{other}\" is not supported"),
        };
    }

    private EmulatorResponse HandleClientCredentials(FormFields form)
    {
        if (application.Authenticate(form) is { } refusal)
            return refusal;
        if (!options.ClientCredentialsAllowed)
        {
            return OAuthError.Create(
                401,
                OAuthError.AccessDenied,
                "This application is not allowed to create application tokens"
            );
        }

        return new IssuedTokenResponse(tokens.Issue(grant: null), options.ExpiresInAsString ?? true).ToResponse();
    }

    private EmulatorResponse HandleAuthorizationCode(FormFields form)
    {
        if ((form.Require("code", "redirect_uri") ?? application.Authenticate(form)) is { } refusal)
            return refusal;
        if (codes.Find(form["code"]!) is not { } code)
            return CreateCodeNotFoundError();
        if (
            !codes.IsValid(code)
            || code.RedirectUri != form["redirect_uri"]
            || !CodeChallenge.Matches(code.Challenge, form["code_verifier"])
        )
        {
            return OAuthError.Create(
                400,
                OAuthError.InvalidRedirectUri,
                "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
                    + "Or authorization code expired. Or external member binding exists"
            );
        }

        // Another request with the same code was faster.
        if (!codes.TryRedeem(code))
            return CreateCodeNotFoundError();

        tokens.RevokeOtherScopes(code.Grant.Scope);
        refreshTokens.RevokeOtherScopes(code.Grant.Scope);
        RefreshToken? refresh = options.IssueRefreshTokens ? refreshTokens.Issue(code.Grant) : null;
        return (CreateMemberResponse(code.Grant, refresh) with { WithScope = true }).ToResponse();
    }

    private EmulatorResponse HandleRefreshToken(FormFields form)
    {
        if ((form.Require("refresh_token") ?? application.Authenticate(form)) is { } refusal)
            return refusal;
        if (refreshTokens.Redeem(form["refresh_token"]!) is not { } valid)
        {
            return OAuthError.Create(400, options.RefreshErrorWord, "The provided refresh token is invalid, expired or revoked");
        }

        RefreshToken? refresh = options.IssueRefreshTokens ? valid : null;
        return (CreateMemberResponse(valid.Grant, refresh) with { InMinutes = options.RefreshLifetimesInMinutes }).ToResponse();
    }

    private IssuedTokenResponse CreateMemberResponse(MemberGrant grant, RefreshToken? refresh) =>
        new(tokens.Issue(grant), options.ExpiresInAsString ?? false) { Refresh = refresh };

    private static EmulatorResponse CreateCodeNotFoundError() =>
        OAuthError.Create(401, OAuthError.InvalidRequest, "Unable to retrieve access token: authorization code not found");
}
