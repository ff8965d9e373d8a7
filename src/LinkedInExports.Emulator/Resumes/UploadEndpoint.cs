using LinkedInExports.Emulator.Auth;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>The blob store behind the upload links: the same service that files are downloaded from.</summary>
internal sealed class UploadEndpoint(
    UploadLinks links, BlobStore blobs, AccessTokens tokens, Func<ApiResponse?> admit, EmulatorOptions options) : IServiceRules
{
    private const string FileNameParameter = "x-ambry-filename";

    public static readonly string[] Parameters = [DownloadEndpoint.SignatureParameter, FileNameParameter];

    public IEnumerable<Operation> Operations =>
        [new(HttpMethods.Post, DownloadEndpoint.Path, this, Upload) { DigestsBody = true }];

    // Unlike a download, an upload is documented without a protocol version.
    public ApiResponse? Check(ApiRequest request) =>
        Bearer.Check(request, tokens.StateOf) is null ? admit() : DownloadEndpoint.Unauthorized();

    public void Complete(ApiRequest request, ApiResponse response)
    {
    }

    private ApiResponse Upload(ApiRequest request)
    {
        if (RawQuery.ReadAll(request.Query, Parameters, out Dictionary<string, string> query, PercentEncoding.UriComponent) is { } badQuery)
            return ApiResponse.Text(400, $"Bad Request: {badQuery}\n");
        if (Parameters.FirstOrDefault(name => query.GetValueOrDefault(name, "").Length == 0) is { } missing)
            return ApiResponse.Text(400, $"Bad Request: {missing}\n");

        string signature = query[DownloadEndpoint.SignatureParameter];
        BodyDigest body = request.Digest!;
        if (Refusal(links.StateOf(signature)) is { } refusal) return refusal;
        if (body.Length > options.MaxUploadBytes) return ApiResponse.Text(413, "Payload Too Large\n");
        if (body.Length == 0) return ApiResponse.Text(400, "Bad Request: empty body\n");

        // Another upload may have been faster since.
        if (links.Use(signature) is not { } order) return Refusal(links.StateOf(signature)) ?? Forbidden();
        string? sentType = request.Headers.ContentType.Count == 0 ? null : request.Headers.ContentType.ToString();
        Blob blob = blobs.Add(body, query[FileNameParameter], order, sentType);
        return new ApiResponse(201)
            .With("Cache-Control", "no-cache, no-store")
            .With("Pragma", "no-cache")
            .With("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
            .With("Location", blob.Location);
    }

    private static ApiResponse? Refusal(UploadLinkState state) => state switch
    {
        UploadLinkState.Fresh => null,
        UploadLinkState.Used => Forbidden(),
        _ => DownloadEndpoint.Unauthorized(),
    };

    private static ApiResponse Forbidden() => ApiResponse.Text(403, "Forbidden\n");
}
