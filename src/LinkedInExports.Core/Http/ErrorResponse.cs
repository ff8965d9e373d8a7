using System.Net.Http.Headers;
using System.Text.Json;

namespace LinkedInExports.Core.Http;

/// <summary>Turns an answer that is not a success into a failure with LinkedIn's own words.</summary>
internal static class ErrorResponse
{
    private static readonly string[] TraceHeaders = ["x-li-uuid", "x-li-request-id", "X-RestLi-Request-Id"];

    internal static async Task<LinkedInException> ReadAsync(
        HttpResponseMessage response,
        LinkedInRequest request,
        IReadOnlyCollection<string> secrets,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellation)
    {
        ErrorBody body = await ReadBodyAsync(response, timeout, time, cancellation).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        string reason = body.Message ?? body.ErrorDescription ?? body.Error ?? response.ReasonPhrase ?? "";
        string code = (body.Code ?? body.Error) is { } word ? $"{status} {Redactor.Clean(word, secrets)}" : $"{status}";
        string trace = TraceId(response) is { } id ? $", trace id {id}" : "";

        return new LinkedInException(
            IdOf(status),
            $"Could not {request.Purpose}: LinkedIn answered {code}{trace}{(reason.Length == 0 ? "." : $": {Sentence(Redactor.Clean(reason, secrets))}")}")
        {
            StatusCode = status,
            ServiceErrorCode = body.ServiceErrorCode,
            Code = (body.Code ?? body.Error) is { } said ? Redactor.Clean(said, secrets) : null,
            TraceId = TraceId(response),
            RetryAfter = RetryAfter(response.Headers.RetryAfter, time),
            Target = request.Target,
            IsTransient = status is 408 or 429 or 500 or 502 or 503 or 504,
            HadNoEffect = status is >= 300 and < 500 and not 408,
        };
    }

    internal static string? TraceId(HttpResponseMessage response) =>
        TraceHeaders.Select(name => RestLi.Header(response, name)).FirstOrDefault(value => value is not null) is { } value
            ? Redactor.Clean(value)
            : null;

    private static LinkedInErrorId IdOf(int status) => status switch
    {
        401 => LinkedInErrorId.TokenRefused,
        403 => LinkedInErrorId.AccessDenied,
        404 => LinkedInErrorId.NotFound,
        408 => LinkedInErrorId.RequestTimedOut,
        429 => LinkedInErrorId.LimitReached,
        >= 400 and < 500 => LinkedInErrorId.RequestRefused,
        >= 500 => LinkedInErrorId.ServerFailed,
        _ => LinkedInErrorId.UnexpectedResponse,
    };

    /// <summary>The body as far as it can be read. That it cannot takes nothing from the error, which the status already is.</summary>
    private static async Task<ErrorBody> ReadBodyAsync(
        HttpResponseMessage response, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        using Deadline deadline = time.Deadline(timeout, cancellation);
        try
        {
            ArraySegment<byte>? body = await SmallBody.ReadAsync(response, deadline.Token).ConfigureAwait(false);
            if (body is not { Count: > 0 } bytes)
                return new ErrorBody();
            return JsonSerializer.Deserialize(bytes.AsSpan(), HttpJson.Default.ErrorBody) ?? new ErrorBody();
        }
        catch (Exception exception) when (deadline.HasPassed || exception is JsonException or IOException or HttpRequestException)
        {
            return new ErrorBody();
        }
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time)
    {
        TimeSpan? wish = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wish is { } delay && delay < TimeSpan.Zero ? TimeSpan.Zero : wish;
    }

    private static string Sentence(string text) => text.EndsWith(".", StringComparison.Ordinal) ? text : text + ".";
}
