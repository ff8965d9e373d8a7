namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>Tells a failed upload from a failed request for its link, which the HTTP pipeline has already repeated.</summary>
internal sealed class UploadFailedException(LinkedInException failure) : Exception(failure.Message, failure)
{
    internal LinkedInException Failure => failure;

    internal bool IsLinkRejected => failure.StatusCode is 401 or 403 or 404 or 410;
}
