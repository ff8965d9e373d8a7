namespace LinkedInExports;

/// <summary>What to do about a row that cannot be read.</summary>
public enum MalformedRowAction
{
    /// <summary>The file is read no further, with an error.</summary>
    Stop,

    /// <summary>The row is reported as an error, and the rest of the file is read.</summary>
    Skip,
}
