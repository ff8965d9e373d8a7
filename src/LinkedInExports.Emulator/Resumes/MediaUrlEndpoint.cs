using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>Issues upload links for resumes.</summary>
internal sealed class MediaUrlEndpoint(
    UploadLinks uploads,
    SignedLinkStore downloads,
    IRequestCheck requestCheck,
    EmulatorOptions options
)
{
    private const string Resource = "/hireMediaUrl";

    public IEnumerable<Operation> Operations => [new(HttpMethods.Post, $"/v2{Resource}", requestCheck, Create)];

    private EmulatorResponse Create(EmulatorRequest request)
    {
        if (RawQuery.ReadAll(request.Query, [], out _) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        if (UploadLinkRequest.Read(request, out UploadLinkRequest linkRequest) is { } badBody)
            return LinkedInError.BadRequest(badBody);

        string signature = uploads.Issue(linkRequest);
        string url = downloads.CreateAddress(signature);
        EmulatorResponse response = new EmulatorResponse(201)
            .With("x-li-responseorigin", "RGW")
            .With("Location", $"{Resource}/{Escape(url)}");
        return options.UploadUrlHeader switch
        {
            UploadUrlHeader.XLinkedInId => response.With("x-linkedin-id", url),
            UploadUrlHeader.XRestLiId => response.With("x-restli-id", url),
            _ => response,
        };
    }

    // LinkedIn's sample encodes all characters but the equals sign of the signed parameter.
    private static string Escape(string url)
    {
        const string Parameter = $"{DownloadEndpoint.SignatureParameter}=";
        return Uri.EscapeDataString(url).Replace(Uri.EscapeDataString(Parameter), Parameter, StringComparison.Ordinal);
    }
}
