using System.Net.Http.Headers;

namespace LinkedInExports.Core.Http;

/// <summary>A request. Each attempt sends the same bytes.</summary>
internal sealed class LinkedInRequest
{
    /// <summary>The operation, for messages such as "Could not …".</summary>
    internal required string Description { get; init; }

    internal required HttpMethod Method { get; init; }

    /// <summary>The encoded address, which is sent verbatim.</summary>
    internal required Uri RequestUri { get; init; }

    /// <summary>A JSON body in UTF-8, or null for none.</summary>
    internal byte[]? Json { get; init; }

    /// <summary>Creates another body for each attempt; null for none.</summary>
    internal Func<HttpContent>? Content { get; init; }

    /// <summary>The version of the Rest.li protocol, which determines the encoding of keys; null for other requests.</summary>
    internal string? Protocol { get; init; } = RestLi.Protocol2;

    /// <summary>The Rest.li method, where the HTTP method does not imply it.</summary>
    internal string? RestLiMethod { get; init; }

    /// <summary>The HTTP method that a POST with a tunneled query replaces.</summary>
    internal HttpMethod? TunneledMethod { get; init; }

    /// <summary>The version of the API, <c>YYYYMM</c>; null for that of the connection.</summary>
    internal string? ApiVersion { get; init; }

    /// <summary>Whether to request JSON, as the documented samples do.</summary>
    internal bool AcceptsJson { get; init; }

    /// <summary>The point at which a download resumes; null for the complete file.</summary>
    internal ResumePoint? ResumePoint { get; init; }

    /// <summary>Limits the rate of requests of this kind; null where LinkedIn documents no limit.</summary>
    internal IRequestLimiter? Limiter { get; init; }

    /// <summary>Additional time for sending a large body.</summary>
    internal TimeSpan SendTimeoutAllowance { get; init; }

    /// <summary>
    /// Whether the request is not idempotent. It is repeated only if LinkedIn definitely did not process it.
    /// </summary>
    internal bool RetryOnlyIfNotProcessed { get; init; }

    /// <summary>
    /// Whether the address is a signed link. For these, 401 means that the link has expired; otherwise the token has.
    /// </summary>
    internal bool IsSignedUrl { get; init; }

    /// <summary>The item for error messages: an id or a path.</summary>
    internal string? Target { get; init; }

    internal HttpRequestMessage ToMessage(Uri requestUri, string? token)
    {
        var message = new HttpRequestMessage(Method, requestUri);
        if (token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.ExpectContinue = false; // .NET Framework would wait for 100 Continue.
        if (Protocol is not null)
            message.Headers.Add(RestLi.ProtocolHeader, Protocol);
        if (RestLiMethod is not null)
            message.Headers.Add(RestLi.MethodHeader, RestLiMethod);
        if (TunneledMethod is not null)
            message.Headers.Add(RestLi.MethodOverrideHeader, TunneledMethod.Method);
        if (AcceptsJson)
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        if (ResumePoint is { } resumePoint)
        {
            message.Headers.Range = new RangeHeaderValue(resumePoint.Offset, null);
            message.Headers.IfRange = resumePoint.Version.ToIfRange();
        }

        message.Content = Content?.Invoke();
        if (Json is not null)
        {
            message.Content = new ByteArrayContent(Json);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }
}
