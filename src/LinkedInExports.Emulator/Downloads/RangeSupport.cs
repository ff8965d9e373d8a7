namespace LinkedInExports.Emulator.Downloads;

/// <summary>What becomes of requests for the rest of a file.</summary>
public enum RangeSupport
{
    /// <summary>They get all of it, and no answer says that they would get anything else.</summary>
    None,

    /// <summary>They get it, if they ask for the version that there is.</summary>
    Honest,

    /// <summary>They get all of it, whatever the answers promised.</summary>
    Ignored,

    /// <summary>They get 206 with the bytes from one later on, as <c>Content-Range</c> says.</summary>
    Shifted,

    /// <summary>They get 206 without <c>Content-Range</c>.</summary>
    Unlabelled,

    /// <summary>They get 416.</summary>
    Refused,
}
