namespace LinkedInExports.Emulator.Resumes;

/// <summary>The state of an upload link.</summary>
internal enum UploadLinkState
{
    /// <summary>The link was not issued by this emulator.</summary>
    Unknown,

    /// <summary>The link can be used once.</summary>
    Fresh,

    /// <summary>A file was uploaded.</summary>
    Used,

    /// <summary>The link has expired.</summary>
    Expired,
}
