namespace LinkedInExports.Emulator.Behavior;

/// <summary>Specifies which requests need a <c>LinkedIn-Version</c> header.</summary>
public enum ApiVersionRule
{
    /// <summary>Requests to <c>/rest/</c>, as for LinkedIn's versioned APIs. It is optional for <c>/v2/</c>.</summary>
    Rest,

    /// <summary>All requests.</summary>
    All,

    /// <summary>Requests to <c>/rest/</c>. Requests to <c>/v2/</c> return 426.</summary>
    V2Sunset,
}
