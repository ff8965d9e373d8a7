using LinkedInExports.Emulator.Auth;
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
        if (Bearer.Check(request, tokens.StateOf) is not null) return Unauthorized();
        return Protocol.Check(request) is null ? null : ApiResponse.Text(400, $"Bad Request: {Protocol.Header}\n");
    }

    public void Complete(ApiRequest request, ApiResponse response)
    {
    }

    /// <summary>Kills the link of this request, for a download or an upload, as if its time were over, and says so.</summary>
    public ApiResponse Expire(ApiRequest request)
    {
        if (RawQuery.ReadAll(request.Query, UploadEndpoint.Parameters, out Dictionary<string, string> query) is null
            && query.TryGetValue(SignatureParameter, out string? signature))
        {
            links.Expire(signature);
            uploads.Expire(signature);
        }

        return Unauthorized();
    }

    private ApiResponse Answer(ApiRequest request)
    {
        if (RawQuery.ReadOnly(request.Query, SignatureParameter, out string signature) is not null)
            return ApiResponse.Text(400, $"Bad Request: {SignatureParameter}\n");

        return links.Find(signature) is { } file
            ? _files.Answer(request, file)
            : Unauthorized();
    }

    public static ApiResponse Unauthorized() => ApiResponse.Text(401, "Unauthorized\n");
}
