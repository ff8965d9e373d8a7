namespace LinkedInExports;

/// <summary>Specifies how a record differs between two exports.</summary>
public enum ExportChange : long
{
    /// <summary>The record exists only in the difference export.</summary>
    Added,

    /// <summary>The record exists only in the reference export.</summary>
    Removed,

    /// <summary>The record exists in both exports with different values.</summary>
    Changed,
}
