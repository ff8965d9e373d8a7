namespace LinkedInExports.Emulator.Resumes;

/// <summary>The header that carries a new upload URL. <c>Location</c> always does.</summary>
public enum UploadUrlHeader
{
    /// <summary><c>x-linkedin-id</c>, as the documentation shows it.</summary>
    XLinkedInId,

    /// <summary><c>x-restli-id</c>, as the protocol's newer version has it.</summary>
    XRestLiId,

    /// <summary>None but <c>Location</c>.</summary>
    LocationOnly,
}
