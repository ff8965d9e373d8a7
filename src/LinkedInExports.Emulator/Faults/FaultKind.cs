namespace LinkedInExports.Emulator.Faults;

/// <summary>Specifies the kind of a fault.</summary>
public enum FaultKind
{
    /// <summary>The request is delayed before it is handled.</summary>
    Latency,

    /// <summary>The connection is reset before the request is handled.</summary>
    ResetBeforeEffect,

    /// <summary>The request is handled (for example, a job is created), then the connection is reset.</summary>
    ResetAfterEffect,

    /// <summary>The response has the full <c>Content-Length</c>, but the connection is reset after some bytes.</summary>
    TruncateBody,

    /// <summary>The body is truncated but valid HTTP, so that only its content shows it.</summary>
    ShortBody,

    /// <summary>No more bytes are sent after some of the body. The connection stays open until the client closes it.</summary>
    StallBody,

    /// <summary>The response has an error status.</summary>
    Status,

    /// <summary>The link of this download expires: the response is 401, and the job issues new links.</summary>
    ExpiredLink,

    /// <summary>The response is 302.</summary>
    Redirect,

    /// <summary>The response is 200 with an HTML sign-in page.</summary>
    HtmlInsteadOfCsv,

    /// <summary>The response is 200 with truncated JSON.</summary>
    BadJson,

    /// <summary>
    /// The response is 400, and its message repeats the <c>Authorization</c> header and the signed link, or the OAuth form.
    /// </summary>
    LeakySecret,

    /// <summary>The request is handled, and the response is changed by <see cref="Fault.Rewrite"/>.</summary>
    Rewrite,
}
