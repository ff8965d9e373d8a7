using System.Text;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.OAuth;

namespace LinkedInExports.Emulator.Faults;

/// <summary>Creates the responses of faults that replace the real response.</summary>
internal sealed class FaultResponses(DownloadEndpoint downloads, SignedLinkStore links, TimeProvider clock)
{
    private const string SignInPage = """
        <!DOCTYPE html>
        <html lang="en"><head><title>LinkedIn Login, Sign in | LinkedIn</title></head>
        <body><main><h1>Sign in</h1><form action="/checkpoint/lg/login-submit" method="post"></form></main></body></html>

        """;

    /// <summary>Creates the response, or returns <c>null</c> if the request is handled.</summary>
    public EmulatorResponse? CreateReplacement(EmulatorRequest request, Fault? fault) =>
        fault?.Kind switch
        {
            FaultKind.Status => Status(fault),
            FaultKind.ExpiredLink => downloads.Expire(request),
            FaultKind.Redirect => new EmulatorResponse(302).With("Location", fault.RedirectTo ?? "/"),
            FaultKind.HtmlInsteadOfCsv => EmulatorResponse.Html(200, SignInPage),
            FaultKind.BadJson => EmulatorResponse.Create(
                200,
                "application/json",
                """{"jobId":148,"exportStartAt":1735689600000,"stat"""
            ),
            FaultKind.LeakySecret => request.Path.StartsWith(OAuthHost.Prefix, StringComparison.Ordinal)
                ? OAuthError.BadRequest($"Cannot serve {request.RawTarget} for {Encoding.UTF8.GetString(request.Body)}")
                : LinkedInError.BadRequest(CreateLeakyBody(request)),
            _ => null,
        };

    private EmulatorResponse Status(Fault fault)
    {
        int code = fault.StatusCode;
        EmulatorResponse response = fault.Body switch
        {
            FaultBody.Html => EmulatorResponse.Html(code, $"<html><body><h1>{code} {GetReasonPhrase(code)}</h1></body></html>\n"),
            FaultBody.Empty => new EmulatorResponse(code),
            _ => LinkedInError.Create(code, GetServiceErrorCode(code), GetReasonPhrase(code)),
        };
        if (code == 407)
            response.With("Proxy-Authenticate", "Basic realm=\"emulator\"");
        return fault.RetryAfter is { } wait
            ? response.With(RetryAfter.Header, RetryAfter.Format(wait, fault.RetryAfterAsDate, clock))
            : response;
    }

    private string CreateLeakyBody(EmulatorRequest request)
    {
        string link =
            request.Path == DownloadEndpoint.Path
                ? new Uri(new Uri(links.Template), request.RawTarget).OriginalString
                : links.NewestUrl ?? request.RawTarget;
        return $"Cannot serve {link} for Authorization: {request.Headers.Authorization}";
    }

    private static int GetServiceErrorCode(int status) =>
        status switch
        {
            401 => 65600,
            403 => 100,
            429 => 101,
            _ => 0,
        };

    private static string GetReasonPhrase(int status) =>
        status switch
        {
            401 => "Invalid access token",
            403 => "Not enough permissions to access: crmDataValidationExportJobs.GET.NO_VERSION",
            429 => LinkedInError.ThrottleMessage,
            500 => "Internal Server Error",
            502 => "Bad Gateway",
            503 => "Service Unavailable",
            504 => "Gateway Timeout",
            _ => $"Status {status}",
        };
}
