using System.Net;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Log;
using Microsoft.AspNetCore.Http.Features;

namespace LinkedInExports.Emulator.Http;

/// <summary>
/// The way of a request to an emulator without a network: log, status faults, operation, answer. For tests that send very many
/// requests in fake time; what only a connection can suffer from does not happen here.
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
        var head = new EmulatorRequest(feature.Method, feature.RawTarget, feature.Headers, IPAddress.Loopback);
        EmulatorRequest api = router.DigestsBody(head)
            ? head.With(BodyDigest.Compute(body, options.KeepUploads))
            : head.With(body);
        AppliedFaults applied = faults.NextFault(api.Method, api.Path);
        entry.SetRequest(api.Digest?.Bytes ?? api.Body, applied.Name);
        EmulatorResponse answer = faultResponses.CreateReplacement(api, applied.Main) ?? router.Route(api);
        responseCounts.Add(answer.Status);
        entry.SetResponse(answer.Status);
        entry.Complete();
        return ToMessage(request, answer);
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

    private HttpResponseMessage ToMessage(HttpRequestMessage request, EmulatorResponse answer)
    {
        byte[] body = answer.Body.ToArray();
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            RequestMessage = request,
            Content = new StreamContent(new UnseekableStream(body)),
        };
        if (!answer.Chunked && answer.Status is not 204)
            message.Content.Headers.ContentLength = body.Length;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in sender.CreateHeaders(answer))
        {
            if (!message.Headers.TryAddWithoutValidation(name, values.ToArray()))
                message.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return message;
    }

    /// <summary>As from a network: nobody can see how long it is.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes, writable: false)
    {
        public override bool CanSeek => false;
    }
}
