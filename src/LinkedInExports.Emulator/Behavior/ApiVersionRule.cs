namespace LinkedInExports.Emulator.Behavior;

/// <summary>Which requests to the API need a <c>LinkedIn-Version</c> header.</summary>
public enum ApiVersionRule
{
    /// <summary>Those to <c>/rest/</c>, as for LinkedIn's versioned APIs. Those to <c>/v2/</c> may have one.</summary>
    Rest,

    /// <summary>All.</summary>
    All,

    /// <summary>Those to <c>/rest/</c>; <c>/v2/</c> has been switched off and is 426.</summary>
    V2Sunset,
}
