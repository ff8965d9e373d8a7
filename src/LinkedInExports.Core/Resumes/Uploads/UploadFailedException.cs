using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// The failure of an upload, as opposed to the failure of the request for its link, which the HTTP pipeline has already
/// retried.
/// </summary>
internal sealed class UploadFailedException(LinkedInException failure) : Exception(failure.Message, failure)
{
    internal LinkedInException Failure => failure;

    internal bool IsLinkRejected => HttpStatus.IsLinkRejected(failure.StatusCode);
}
