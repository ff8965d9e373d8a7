namespace LinkedInExports.Emulator.Downloads;

/// <summary>Specifies the validator that identifies the version of a file.</summary>
public enum FileValidator
{
    /// <summary>No validator.</summary>
    None,

    /// <summary>A strong <c>ETag</c>.</summary>
    ETag,

    /// <summary>A weak <c>ETag</c>, which other versions can share.</summary>
    WeakETag,

    /// <summary>A strong <c>ETag</c> that differs in each response, as if the file had changed.</summary>
    ChangingETag,

    /// <summary>A <c>Last-Modified</c> one hour ago.</summary>
    LastModified,

    /// <summary>A <c>Last-Modified</c> in the current second, which is a weak validator.</summary>
    JustModified,
}
