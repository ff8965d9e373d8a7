using System.Globalization;
using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// Sends requests that create an export job. They are retried only if LinkedIn definitely did not process them. If LinkedIn may
/// have created the job, the error has its own id.
/// </summary>
internal static class JobCreationRequest
{
    private static readonly string[] IdNames = ["id", "jobId"];

    /// <summary>
    /// Sends the request. LinkedIn documents a header with the id for validation jobs, and nothing for analytics jobs. The id is
    /// read from a header, <c>Location</c> or the body for both.
    /// </summary>
    /// <param name="pipeline">Sends the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="resource">The name of the resource in <c>Location</c>.</param>
    /// <param name="create">
    /// Creates the job from its id, the response and the body. The body is null if a header has the id, because it is not read
    /// then.
    /// </param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// LinkedIn rejected the job, it may exist (<see cref="LinkedInErrorId.CreateOutcomeUnknown"/>), or it exists and its id is
    /// unknown (<see cref="LinkedInErrorId.JobIdMissing"/>).
    /// </exception>
    internal static Task<T> SendAsync<T>(
        RequestPipeline pipeline,
        LinkedInRequest request,
        string resource,
        Func<long, HttpResponseMessage, ArraySegment<byte>?, T> create,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
        where T : ExportJob =>
        TraceSpan.RunAsync(
            "create export job",
            async span =>
            {
                T job = await SendCoreAsync(pipeline, request, resource, create, diagnostics, cancellationToken)
                    .ConfigureAwait(false);
                span.With(job);
                return job;
            }
        );

    private static async Task<T> SendCoreAsync<T>(
        RequestPipeline pipeline,
        LinkedInRequest request,
        string resource,
        Func<long, HttpResponseMessage, ArraySegment<byte>?, T> create,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        HttpResponseMessage? accepted = null;
        try
        {
            return await pipeline
                .SendAsync(
                    request,
                    async (response, token) =>
                    {
                        accepted = response;
                        if (GetNumber(RestLi.GetCreatedId(response, resource)) is { } known)
                            return create(known, response, null);

                        ArraySegment<byte> body = await pipeline.ReadBodyAsync(response, request, token).ConfigureAwait(false);
                        return create(
                            FindId(body)
                                ?? throw ResponseParser.CreateUnexpectedError(request, "the response contains no job id"),
                            response,
                            body
                        );
                    },
                    diagnostics,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (accepted is not null && !failure.IsTransient)
        {
            throw new LinkedInException(
                LinkedInErrorId.JobIdMissing,
                $"LinkedIn accepted the export job for {request.Target}, so it may exist, but its id is unknown. "
                    + $"{failure.Message}",
                failure
            )
            {
                StatusCode = (int)accepted.StatusCode,
                TraceId = failure.TraceId ?? ErrorResponseReader.GetTraceId(accepted),
                Target = request.Target,
            };
        }
        catch (LinkedInException failure) when (failure.IsOutcomeUnknown)
        {
            throw new LinkedInException(
                LinkedInErrorId.CreateOutcomeUnknown,
                $"It is unknown whether the export job for {request.Target} was created, so the request was not sent again. "
                    + $"{failure.Message}",
                failure
            )
            {
                StatusCode = failure.StatusCode,
                TraceId = failure.TraceId,
                Target = request.Target,
            };
        }
    }

    /// <summary>
    /// Finds the id in a body, with or without the envelope of actions and other properties. Returns null if it has no id.
    /// </summary>
    private static long? FindId(ArraySegment<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            JsonElement answer = json.RootElement;
            if (answer.ValueKind == JsonValueKind.Object && GetMember(answer, "value") is { } value)
                answer = value;
            return answer.ValueKind == JsonValueKind.Object
                ? IdNames
                    .Select(name => GetMember(answer, name) is { } id ? GetNumber(id) : null)
                    .FirstOrDefault(id => id is not null)
                : GetNumber(answer);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // The body is not valid JSON.
        }
    }

    private static JsonElement? GetMember(JsonElement element, string name)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    private static long? GetNumber(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? GetNumber(element.GetString())
        : element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long id) ? id
        : null;

    private static long? GetNumber(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}
