namespace LinkedInExports;

/// <summary>Specifies what a summary counts.</summary>
public enum CommandItem
{
    /// <summary>Export jobs.</summary>
    Job,

    /// <summary>Files of export jobs.</summary>
    File,

    /// <summary>Candidate resumes.</summary>
    Resume,
}
