using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.OAuth;

/// <summary>The OAuth host with the authorization and token endpoints. It has other checks than the API.</summary>
internal sealed class OAuthHost : IRequestCheck
{
    public const string Prefix = "/oauth/v2/";
    public const string TokenPath = $"{Prefix}accessToken";
    public const string AuthorizationPath = $"{Prefix}authorization";

    private readonly TokenEndpoint _token;
    private readonly AuthorizationEndpoint _authorization;
    private readonly IntrospectionEndpoint _introspection;

    public OAuthHost(ClientApplication application, AccessTokens tokens, RefreshTokens refreshTokens, EmulatorOptions options)
    {
        var codes = new AuthorizationCodes(options.TimeProvider);
        _token = new TokenEndpoint(application, codes, tokens, refreshTokens, options);
        _authorization = new AuthorizationEndpoint(application, codes, options);
        _introspection = new IntrospectionEndpoint(application, tokens, options.TimeProvider);
    }

    public IEnumerable<Operation> Operations =>
        [
            new(HttpMethods.Post, TokenPath, this, _token.Handle),
            // GET was supported once, so it does not return 405.
            new(HttpMethods.Get, TokenPath, this, _ => OAuthError.BadRequest("GET is no longer supported: use POST")),
            new(HttpMethods.Get, AuthorizationPath, this, _authorization.Handle),
            new(HttpMethods.Post, $"{Prefix}introspectToken", this, _introspection.Handle),
        ];

    public EmulatorResponse? Check(EmulatorRequest request) => null;
}
