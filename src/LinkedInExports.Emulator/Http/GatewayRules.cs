using LinkedInExports.Emulator.Auth;

namespace LinkedInExports.Emulator.Http;

/// <summary>The rules of the API gateway, everything under <c>/v2/</c>.</summary>
internal sealed class GatewayRules(AccessTokens tokens) : IServiceRules
{
    public ApiResponse? Check(ApiRequest request) =>
        Bearer.Check(request, tokens.Admit) ?? Protocol.Check(request) ?? CheckLength(request);

    public void Complete(ApiResponse response)
    {
        if (response.Status < 300) response.With(Protocol.Header, Protocol.Version);
    }

    private static ApiResponse? CheckLength(ApiRequest request) =>
        request.Method == HttpMethods.Post && request.Headers.ContentLength is null
            ? LinkedInError.Response(411, 0, "Length Required: a POST needs a Content-Length header")
            : null;
}
