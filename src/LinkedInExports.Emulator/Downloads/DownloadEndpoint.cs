using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Downloads;

/// <summary>The blob store that serves download links. It has other error texts than the API.</summary>
internal sealed class DownloadEndpoint(SignedLinkStore links, UploadLinks uploads, AccessTokens tokens, EmulatorOptions options)
    : IRequestCheck
{
    public const string Path = "/ambry/";
    public const string SignatureParameter = "x-li-ambry-ep";

    private readonly RangedFile _files = new(options);

    public IEnumerable<Operation> Operations => [new(HttpMethods.Get, Path, this, Handle)];

    public EmulatorResponse? Check(EmulatorRequest request)
    {
        bool isOther = IsOtherHost(request);
        switch (options.Behavior.DownloadToken)
        {
            case DownloadToken.Ignored:
                break;
            case DownloadToken.Refused:
            case DownloadToken.ByHost when isOther:
                if (request.Headers.Authorization.ToString().Length > 0)
                    return EmulatorResponse.Text(400, "Bad Request: only one auth mechanism allowed\n");
                break;
            default:
                if (BearerAuthentication.Check(request, tokens.GetState) is not null)
                    return CreateUnauthorizedError();
                break;
        }

        return isOther || RestLiProtocolVersion.Check(request) is null
            ? null
            : EmulatorResponse.Text(400, $"Bad Request: {RestLiProtocolVersion.Header}\n");
    }

    /// <summary>Expires the link of this download or upload, and returns the error.</summary>
    public EmulatorResponse Expire(EmulatorRequest request)
    {
        if (
            RawQuery.ReadAll(
                request.Query,
                UploadEndpoint.Parameters,
                out Dictionary<string, string> query,
                PercentEncoding.UriComponent
            )
                is null
            && query.TryGetValue(SignatureParameter, out string? signature)
        )
        {
            links.Expire(signature);
            uploads.Expire(signature);
        }

        return CreateUnauthorizedError();
    }

    private EmulatorResponse Handle(EmulatorRequest request)
    {
        if (RawQuery.ReadOnly(request.Query, SignatureParameter, out string signature, PercentEncoding.UriComponent) is not null)
            return EmulatorResponse.Text(400, $"Bad Request: {SignatureParameter}\n");

        if (links.Find(signature) is not { } file)
            return CreateUnauthorizedError();
        return options.Behavior.RedirectHost is { } host && !LinkedHost.Matches(host, request.Headers.Host.ToString())
            ? new EmulatorResponse(302).With("Location", $"{LinkedHost.GetOrigin(host)}{Path}?{request.Query}")
            : _files.CreateResponse(request, file);
    }

    /// <summary>Whether the request is for a host of links or redirects that is not a host of LinkedIn.</summary>
    private bool IsOtherHost(EmulatorRequest request)
    {
        string host = request.Headers.Host.ToString();
        return (LinkedHost.Matches(options.Behavior.LinkHost, host) || LinkedHost.Matches(options.Behavior.RedirectHost, host))
            && !LinkedHost.IsLinkedIn(host);
    }

    public static EmulatorResponse CreateUnauthorizedError() => EmulatorResponse.Text(401, "Unauthorized\n");
}
