using System.Net.Http.Headers;

namespace LinkedInExports.Core.Http;

/// <summary>A request as it is to go over the wire; each attempt sends the same bytes.</summary>
internal sealed class LinkedInRequest
{
    /// <summary>What it does, for messages: "LinkedIn refused to …".</summary>
    internal required string Description { get; init; }

    internal required HttpMethod Method { get; init; }

    /// <summary>The address, already encoded: it is sent character by character.</summary>
    internal required Uri RequestUri { get; init; }

    /// <summary>A JSON body in UTF-8, or null for none.</summary>
    internal byte[]? Json { get; init; }

    /// <summary>A body of another kind, made anew for each attempt; or null for none.</summary>
    internal Func<HttpContent>? Content { get; init; }

    /// <summary>The version of the Rest.li protocol, which decides how keys are written; null for what does not speak it.</summary>
    internal string? Protocol { get; init; } = RestLi.Protocol2;

    /// <summary>The Rest.li method, for those that the verb does not tell.</summary>
    internal string? RestLiMethod { get; init; }

    /// <summary>The verb that is meant when POST only carries a query that is too long.</summary>
    internal HttpMethod? TunneledMethod { get; init; }

    /// <summary>The version of the API, <c>YYYYMM</c>; null for that of the connection.</summary>
    internal string? ApiVersion { get; init; }

    /// <summary>Whether the answer has to be JSON, said as the samples say it.</summary>
    internal bool AcceptsJson { get; init; }

    /// <summary>Where a download goes on, and which version of the file it began with; null for all of it.</summary>
    internal ResumePoint? ResumePoint { get; init; }

    /// <summary>Limits the rate of requests of this kind; null where LinkedIn documents no limit.</summary>
    internal IRequestLimiter? Limiter { get; init; }

    /// <summary>Time for sending a large body, on top of the time for the answer.</summary>
    internal TimeSpan SendTimeoutAllowance { get; init; }

    /// <summary>
    /// Whether sending it twice could make two things. Such a request is repeated only when LinkedIn certainly did not
    /// act on it.
    /// </summary>
    internal bool IsCreate { get; init; }

    /// <summary>
    /// Whether it is a signed link. Of those a 401 means that their hour is over; of all else, that the token is.
    /// </summary>
    internal bool IsSignedUrl { get; init; }

    /// <summary>What failed, for the user: an id or a path.</summary>
    internal string? Target { get; init; }

    internal HttpRequestMessage ToMessage(Uri requestUri, string? token)
    {
        var message = new HttpRequestMessage(Method, requestUri);
        if (token is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.ExpectContinue = false; // .NET Framework would ask first, and wait.
        if (Protocol is not null)
            message.Headers.Add(RestLi.ProtocolHeader, Protocol);
        if (RestLiMethod is not null)
            message.Headers.Add(RestLi.MethodHeader, RestLiMethod);
        if (TunneledMethod is not null)
            message.Headers.Add(RestLi.MethodOverrideHeader, TunneledMethod.Method);
        if (AcceptsJson)
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));

        if (ResumePoint is { } continuation)
        {
            message.Headers.Range = new RangeHeaderValue(continuation.Offset, null);
            message.Headers.IfRange = continuation.Version.ToIfRange();
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
