using LinkedInExports.Emulator.Auth;

namespace LinkedInExports.Emulator.Http;

/// <summary>The rules of the API gateway, everything under <c>/v2/</c>.</summary>
/// <param name="tokens">The tokens that open it.</param>
/// <param name="checkProtocol">One of the checks of <see cref="Protocol"/>.</param>
internal sealed class GatewayRules(AccessTokens tokens, Func<ApiRequest, ApiResponse?> checkProtocol) : IServiceRules
{
    public ApiResponse? Check(ApiRequest request) =>
        Bearer.Check(request, tokens.Admit) ?? checkProtocol(request) ?? CheckLength(request);

    public void Complete(ApiRequest request, ApiResponse response)
    {
        if (response.Status < 300) response.With(Protocol.Header, Protocol.Of(request));
    }

    private static ApiResponse? CheckLength(ApiRequest request) =>
        request.Method == HttpMethods.Post && request.Headers.ContentLength is null
            ? LinkedInError.Response(411, 0, "Length Required: a POST needs a Content-Length header")
            : null;
}
