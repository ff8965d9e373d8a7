namespace LinkedInExports.Emulator.Downloads;

/// <summary>How an answer tells which version of a file it is.</summary>
public enum FileValidator
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By a strong <c>ETag</c>.</summary>
    ETag,

    /// <summary>By an <c>ETag</c> that other versions may share.</summary>
    WeakETag,

    /// <summary>By a strong <c>ETag</c> that is another one each time: the file changes with each request.</summary>
    ChangingETag,

    /// <summary>By a <c>Last-Modified</c> an hour ago.</summary>
    LastModified,

    /// <summary>By a <c>Last-Modified</c> of this second, in which more may happen.</summary>
    JustModified,
}
