namespace LinkedInExports;

/// <summary>The state of an export job, derived from LinkedIn's status.</summary>
public enum ExportJobState : long
{
    /// <summary>Not finished. An undocumented status counts as this.</summary>
    Running,

    /// <summary>Finished: download links are available.</summary>
    Completed,

    /// <summary>Ended without a file: any status that begins with <c>FAILED</c>.</summary>
    Failed,
}
