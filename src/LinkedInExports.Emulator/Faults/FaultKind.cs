namespace LinkedInExports.Emulator.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The request waits before it is handled.</summary>
    Latency,

    /// <summary>The connection is reset before the request is handled.</summary>
    ResetBeforeEffect,

    /// <summary>The request is handled (a job is created, say), then the connection is reset instead of an answer.</summary>
    ResetAfterEffect,

    /// <summary>The full length is announced, the connection is reset after some bytes of the body.</summary>
    TruncateBody,

    /// <summary>The body ends early and looks complete: only its content tells.</summary>
    ShortBody,

    /// <summary>The body falls silent after some bytes; the connection stays open until the client leaves.</summary>
    StallBody,

    /// <summary>An error status.</summary>
    Status,

    /// <summary>The download link of this request expires now: 401, and the job will hand out others.</summary>
    ExpiredLink,

    /// <summary>302 to another place.</summary>
    Redirect,

    /// <summary>200 with the HTML of a sign-in page.</summary>
    HtmlInsteadOfCsv,

    /// <summary>200 with JSON that breaks off.</summary>
    BadJson,

    /// <summary>
    /// 400 whose message repeats the <c>Authorization</c> header and the signed link, or the form sent to the OAuth host.
    /// </summary>
    LeakySecret,

    /// <summary>The request is handled, and its answer is changed as <see cref="Fault.Rewrite"/> says.</summary>
    Rewrite,
}
