using LinkedInExports.Emulator.Auth;

namespace LinkedInExports.Emulator.Http;

/// <summary>The rules of the API gateway, everything under <c>/v2/</c> and <c>/rest/</c>.</summary>
/// <param name="tokens">The tokens that open it.</param>
/// <param name="checkProtocol">One of the checks of <see cref="Protocol"/>.</param>
/// <param name="options">Which versions of the API there are.</param>
internal sealed class GatewayRules(
    AccessTokens tokens, Func<ApiRequest, ApiResponse?> checkProtocol, EmulatorOptions options) : IServiceRules
{
    public ApiResponse? Check(ApiRequest request) =>
        Bearer.Check(request, tokens.Admit)
            ?? ApiVersion.Check(request, options.Behavior) ?? checkProtocol(request) ?? CheckLength(request);

    public void Complete(ApiRequest request, ApiResponse response)
    {
        if (response.Status < 300) response.With(Protocol.Header, Protocol.Of(request));
    }

    private static ApiResponse? CheckLength(ApiRequest request) =>
        request.Method == HttpMethods.Post && request.Headers.ContentLength is null
            ? LinkedInError.Response(411, 0, "Length Required: a POST needs a Content-Length header")
            : null;
}
