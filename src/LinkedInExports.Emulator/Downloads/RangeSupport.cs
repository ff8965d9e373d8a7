namespace LinkedInExports.Emulator.Downloads;

/// <summary>Specifies the response to range requests.</summary>
public enum RangeSupport
{
    /// <summary>The complete file, without <c>Accept-Ranges</c>.</summary>
    None,

    /// <summary>206 with the requested range, if <c>If-Range</c> matches.</summary>
    Honest,

    /// <summary>The complete file, despite <c>Accept-Ranges</c>.</summary>
    Ignored,

    /// <summary>206 with a range that starts one byte later, with a matching <c>Content-Range</c>.</summary>
    Shifted,

    /// <summary>206 without <c>Content-Range</c>.</summary>
    Unlabelled,

    /// <summary>416.</summary>
    Refused,
}
