namespace LinkedInExports;

/// <summary>How two exports differ in one record.</summary>
public enum ExportChange
{
    /// <summary>The record is in the difference only.</summary>
    Added,

    /// <summary>The record is in the reference only.</summary>
    Removed,

    /// <summary>The record is in both, with other values.</summary>
    Changed,
}
