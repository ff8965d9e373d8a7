namespace LinkedInExports;

/// <summary>Specifies how to handle a row that cannot be read.</summary>
public enum MalformedRowAction : long
{
    /// <summary>Reports an error and stops reading the file.</summary>
    Stop,

    /// <summary>Reports an error and continues with the next row.</summary>
    Skip,
}
