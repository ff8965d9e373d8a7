using LinkedInExports.Emulator.Authentication;

namespace LinkedInExports.Emulator.Http;

/// <summary>The checks of the API gateway, for all requests under <c>/v2/</c> and <c>/rest/</c>.</summary>
/// <param name="tokens">The valid tokens.</param>
/// <param name="checkProtocol">One of the checks of <see cref="RestLiProtocolVersion"/>.</param>
/// <param name="options">The options with the active API versions.</param>
internal sealed class RequestValidation(
    AccessTokens tokens,
    Func<EmulatorRequest, EmulatorResponse?> checkProtocol,
    EmulatorOptions options
) : IRequestCheck
{
    public EmulatorResponse? Check(EmulatorRequest request) =>
        BearerAuthentication.Check(request, tokens.Authorize)
        ?? ApiVersion.Check(request, options.Behavior)
        ?? checkProtocol(request)
        ?? CheckLength(request);

    public void Complete(EmulatorRequest request, EmulatorResponse response)
    {
        if (response.Status < 300)
            response.With(RestLiProtocolVersion.Header, RestLiProtocolVersion.Get(request));
    }

    private static EmulatorResponse? CheckLength(EmulatorRequest request) =>
        request.Method == HttpMethods.Post && request.Headers.ContentLength is null
            ? LinkedInError.Create(411, 0, "Length Required: a POST needs a Content-Length header")
            : null;
}
