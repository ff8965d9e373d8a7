namespace LinkedInExports.Emulator.Resumes;

/// <summary>What a signed upload link is worth.</summary>
internal enum UploadLinkState
{
    /// <summary>It was never made here.</summary>
    Unknown,

    /// <summary>It can be used, once.</summary>
    Fresh,

    /// <summary>A file was uploaded with it.</summary>
    Used,

    /// <summary>Its time is over.</summary>
    Expired,
}
