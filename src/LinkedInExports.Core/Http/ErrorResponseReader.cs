using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>Converts an error response to an exception with LinkedIn's message.</summary>
internal static class ErrorResponseReader
{
    private static readonly string[] TraceHeaders = ["x-li-uuid", "x-li-request-id", "X-RestLi-Request-Id"];

    private static readonly string[] VersionErrors = ["NONEXISTENT_VERSION", "VERSION_MISSING", "INVALID_VERSION"];

    internal static async Task<LinkedInException> ReadAsync(
        HttpResponseMessage response,
        LinkedInRequest request,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ErrorDetails body = await ReadBodyAsync(response, request, timeout, time, cancellationToken).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        SanitizedText? reason = body.Message ?? body.ErrorDescription ?? body.Error ?? GetServerText(response.ReasonPhrase);
        SanitizedText? code = body.Code ?? body.Error;
        string trace = GetTraceId(response) is { } id ? $", trace id {id}" : "";

        return new LinkedInException(
            IsVersionError(status, code) ? LinkedInErrorId.ApiVersionRejected : GetErrorId(status),
            $"Could not {request.Description}: {GetResponder(response, request)} returned "
                + $"{status}{(code is null ? "" : $" {code}")}{trace}{(reason is null ? "." : $": {ToSentence(reason)}")}"
        )
        {
            StatusCode = status,
            ServiceErrorCode = int.TryParse(
                body.ServiceErrorCode?.ToString(),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out int number
            )
                ? number
                : null,
            Code = code?.ToString(),
            TraceId = GetTraceId(response),
            RetryAfter = GetRetryAfter(response, time),
            Target = request.Target,
            IsTransient = HttpStatus.IsTransient(status),
            IsNotProcessed = status is >= 300 and < 500 and not 408,
            AffectsAllRequests = status == 407,
        };
    }

    /// <summary>Gets LinkedIn's id of a request, for LinkedIn's support.</summary>
    internal static string? GetTraceId(HttpResponseMessage response) =>
        TraceHeaders.Select(name => RestLi.GetHeader(response, name)).FirstOrDefault(value => value is not null) is { } value
            ? GetServerText(value)?.ToString()
            : null;

    /// <summary>Gets the name of the sender of a response: LinkedIn, or the host of a link.</summary>
    private static string GetResponder(HttpResponseMessage response, LinkedInRequest request) =>
        request.IsSignedUrl && response.RequestMessage?.RequestUri is { } address ? address.Authority : "LinkedIn";

    private static SanitizedText? GetServerText(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : SanitizedText.FromServer(text!);

    private static bool IsVersionError(int status, SanitizedText? code) =>
        status == 426 || VersionErrors.Contains(code?.ToString(), StringComparer.OrdinalIgnoreCase);

    private static LinkedInErrorId GetErrorId(int status) =>
        status switch
        {
            401 => LinkedInErrorId.TokenRejected,
            403 => LinkedInErrorId.AccessDenied,
            404 => LinkedInErrorId.NotFound,
            407 => LinkedInErrorId.ProxyAuthenticationFailed,
            408 => LinkedInErrorId.RequestTimedOut,
            429 => LinkedInErrorId.RateLimitExceeded,
            >= 400 and < 500 => LinkedInErrorId.BadRequest,
            >= 500 => LinkedInErrorId.ServerError,
            _ => LinkedInErrorId.UnexpectedResponse,
        };

    /// <summary>Reads as much of the body as possible. Failures are ignored, because the status already is an error.</summary>
    private static async Task<ErrorDetails> ReadBodyAsync(
        HttpResponseMessage response,
        LinkedInRequest request,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using Deadline deadline = EmulatorClock.GetSystem(time).CreateDeadline(timeout, cancellationToken);
        try
        {
            ArraySegment<byte>? body = await BoundedBodyReader.ReadAsync(response, request, deadline.Token).ConfigureAwait(false);
            if (body is not { Count: > 0 } bytes)
                return new ErrorDetails();
            return JsonSerializer.Deserialize(bytes.AsSpan(), HttpJson.Default.ErrorDetails) ?? new ErrorDetails();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || deadline.IsExpired)
        {
            return new ErrorDetails();
        }
    }

    /// <summary>A date is relative to the date of the response, because the local clock may be wrong.</summary>
    private static TimeSpan? GetRetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        RetryConditionHeaderValue? header = response.Headers.RetryAfter;
        TimeSpan? delay = header?.Delta ?? (header?.Date is { } date ? date - (response.Headers.Date ?? time.GetUtcNow()) : null);
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }

    private static string ToSentence(SanitizedText text)
    {
        string sentence = text.ToString();
        return sentence.EndsWith(".", StringComparison.Ordinal) ? sentence : sentence + ".";
    }
}
