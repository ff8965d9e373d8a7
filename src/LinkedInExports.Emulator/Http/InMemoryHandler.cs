using System.Net;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Log;
using Microsoft.AspNetCore.Http.Features;

namespace LinkedInExports.Emulator.Http;

/// <summary>
/// Handles requests without a network: log, faults, operation and response. For tests that send many requests in simulated time.
/// Rewritten responses are not supported.
/// </summary>
internal sealed class InMemoryHandler(
    Router router,
    RequestLog log,
    FaultPlan faults,
    FaultResponses faultResponses,
    ResponseSender sender,
    ResponseCounts responseCounts,
    EmulatorOptions options
) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        HttpRequestFeature feature = Feature(request, body);
        LogEntry entry = log.Begin(feature);
        var requestWithoutBody = new EmulatorRequest(feature.Method, feature.RawTarget, feature.Headers, IPAddress.Loopback);
        EmulatorRequest api = router.DigestsBody(requestWithoutBody)
            ? requestWithoutBody.With(BodyDigest.Compute(body, options.KeepUploads))
            : requestWithoutBody.With(body);
        AppliedFaults applied = faults.NextFault(api.Method, api.Path);
        entry.SetRequest(api.Digest?.Bytes ?? api.Body, applied.Name);
        if (applied.Delay > TimeSpan.Zero)
            await Task.Delay(applied.Delay, options.TimeProvider, cancellationToken);
        if (applied.Has(FaultKind.ResetBeforeEffect))
            throw CreateReset();
        EmulatorResponse response = faultResponses.CreateReplacement(api, applied.Main) ?? router.Route(api);
        if (applied.Has(FaultKind.ResetAfterEffect))
            throw CreateReset();
        responseCounts.Add(response.Status);
        entry.SetResponse(response.Status);
        entry.Complete();
        return ToMessage(request, response, applied.Main);
    }

    private static HttpRequestFeature Feature(HttpRequestMessage request, byte[] body)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        foreach ((string name, IEnumerable<string> values) in request.Headers)
            headers[name] = values.ToArray();
        if (request.Content is { } content)
        {
            foreach ((string name, IEnumerable<string> values) in content.Headers)
                headers[name] = values.ToArray();
            headers.ContentLength = body.Length;
        }

        headers.Host = request.RequestUri!.Authority;
        return new HttpRequestFeature
        {
            Method = request.Method.Method,
            RawTarget = request.RequestUri.PathAndQuery,
            Headers = headers,
        };
    }

    private static HttpRequestException CreateReset() =>
        new(
            HttpRequestError.ResponseEnded,
            "An error occurred while sending the request.",
            new IOException("Connection reset by peer")
        );

    private HttpResponseMessage ToMessage(HttpRequestMessage request, EmulatorResponse response, Fault? fault)
    {
        byte[] complete = response.Body.ToArray();
        byte[] body = complete[..(int)ResponseSender.GetEnd(complete.Length, fault)];
        int announced = fault?.Kind == FaultKind.ShortBody ? body.Length : complete.Length;
        BodyEnd end = fault?.Kind switch
        {
            FaultKind.TruncateBody => BodyEnd.Reset,
            FaultKind.StallBody => BodyEnd.Silent,
            _ => BodyEnd.Complete,
        };
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new StreamContent(new InMemoryBody(body, end, response.Chunked ? null : announced)),
        };
        if (response.Chunked)
            message.Headers.TransferEncodingChunked = true;
        else if (response.Status is not 204)
            message.Content.Headers.ContentLength = announced;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in sender.CreateHeaders(response))
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
                message.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return message;
    }
}
