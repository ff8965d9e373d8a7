namespace LinkedInExports.Emulator.Resumes;

/// <summary>Specifies the header with a new upload URL, in addition to <c>Location</c>.</summary>
public enum UploadUrlHeader
{
    /// <summary><c>x-linkedin-id</c>, as documented.</summary>
    XLinkedInId,

    /// <summary><c>x-restli-id</c>, as in the newer protocol version.</summary>
    XRestLiId,

    /// <summary>Only <c>Location</c>.</summary>
    LocationOnly,
}
