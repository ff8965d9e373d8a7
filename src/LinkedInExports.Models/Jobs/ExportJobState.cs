namespace LinkedInExports;

/// <summary>Where an export job stands, read from LinkedIn's own status word.</summary>
public enum ExportJobState
{
    /// <summary>Not finished. A status word that nobody knows counts as this.</summary>
    Running,

    /// <summary>Finished: the download links are there.</summary>
    Completed,

    /// <summary>Ended without a file: any status that begins with <c>FAILED</c>.</summary>
    Failed,
}
