namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The first step that a record requires to be in sync.</summary>
internal enum RequiredStep
{
    /// <summary>The record is in sync.</summary>
    None,

    /// <summary>The file is uploaded; the record has to be sent.</summary>
    Send,

    /// <summary>The file has to be uploaded.</summary>
    Upload,
}
