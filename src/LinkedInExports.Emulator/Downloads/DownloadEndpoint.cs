using LinkedInExports.Emulator.Auth;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Downloads;

/// <summary>The blob store behind the links: another service than the API, with error texts of its own.</summary>
internal sealed class DownloadEndpoint(DownloadLinks links, UploadLinks uploads, AccessTokens tokens, EmulatorOptions options) : IServiceRules
{
    public const string Path = "/ambry/";
    public const string SignatureParameter = "x-li-ambry-ep";

    private readonly RangedFile _files = new(options);

    public IEnumerable<Operation> Operations => [new(HttpMethods.Get, Path, this, Answer)];

    public ApiResponse? Check(ApiRequest request)
    {
        bool isOther = IsOtherHost(request);
        switch (options.Behavior.DownloadToken)
        {
            case DownloadToken.Ignored:
                break;
            case DownloadToken.Refused:
            case DownloadToken.ByHost when isOther:
                if (request.Headers.Authorization.ToString().Length > 0)
                    return ApiResponse.Text(400, "Bad Request: only one auth mechanism allowed\n");
                break;
            default:
                if (Bearer.Check(request, tokens.StateOf) is not null) return Unauthorized();
                break;
        }

        return isOther || Protocol.Check(request) is null ? null : ApiResponse.Text(400, $"Bad Request: {Protocol.Header}\n");
    }

    public void Complete(ApiRequest request, ApiResponse response)
    {
    }

    /// <summary>Kills the link of this request, for a download or an upload, as if its time were over, and says so.</summary>
    public ApiResponse Expire(ApiRequest request)
    {
        if (RawQuery.ReadAll(request.Query, UploadEndpoint.Parameters, out Dictionary<string, string> query, PercentEncoding.UriComponent) is null
            && query.TryGetValue(SignatureParameter, out string? signature))
        {
            links.Expire(signature);
            uploads.Expire(signature);
        }

        return Unauthorized();
    }

    private ApiResponse Answer(ApiRequest request)
    {
        if (RawQuery.ReadOnly(request.Query, SignatureParameter, out string signature, PercentEncoding.UriComponent) is not null)
            return ApiResponse.Text(400, $"Bad Request: {SignatureParameter}\n");

        if (links.Find(signature) is not { } file) return Unauthorized();
        return options.Behavior.RedirectHost is { } host && !LinkedHost.Is(host, request.Headers.Host.ToString())
            ? new ApiResponse(302).With("Location", $"{LinkedHost.Origin(host)}{Path}?{request.Query}")
            : _files.Answer(request, file);
    }

    /// <summary>Whether the request is for a host that links or redirects name and that is none of LinkedIn's.</summary>
    private bool IsOtherHost(ApiRequest request)
    {
        string host = request.Headers.Host.ToString();
        return (LinkedHost.Is(options.Behavior.LinkHost, host) || LinkedHost.Is(options.Behavior.RedirectHost, host))
            && !LinkedHost.IsLinkedIn(host);
    }

    public static ApiResponse Unauthorized() => ApiResponse.Text(401, "Unauthorized\n");
}
