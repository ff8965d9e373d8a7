using System.Diagnostics;
using LinkedInExports.Emulator.Conformance;
using LinkedInExports.Emulator.Control;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Log;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace LinkedInExports.Emulator.Http;

/// <summary>Processes requests: log, faults, operation and response.</summary>
internal sealed class EmulatorApplication(
    Router router,
    ControlApi control,
    RequestLog log,
    FaultPlan faults,
    FaultResponses faultResponses,
    ResponseSender sender,
    RawSender rawSender,
    ResponseCounts responseCounts,
    EmulatorOptions options,
    ConformanceMonitor? conformance,
    Action<RecordedRequest, TimeSpan>? served
) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        IHttpRequestFeature feature = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        bool isControl = ControlApi.Handles(feature.RawTarget);
        LogEntry entry = isControl ? LogEntry.CreateUnlisted(feature) : log.Begin(feature);
        long started = Stopwatch.GetTimestamp();
        try
        {
            EmulatorRequest request = await ReadAsync(context, feature);
            if (isControl)
                await sender.SendAsync(context, control.Handle(request), null, entry);
            else
                await ServeAsync(context, request, entry);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, or the emulator is stopping.
        }
        finally
        {
            if (!isControl)
                served?.Invoke(entry.Snapshot(), Stopwatch.GetElapsedTime(started));
        }
    }

    private async Task ServeAsync(HttpContext context, EmulatorRequest request, LogEntry entry)
    {
        AppliedFaults applied = faults.NextFault(request.Method, request.Path);
        entry.SetRequest(request.Digest?.Bytes ?? request.Body, applied.Name);
        TimeSpan delay = options.Latency + applied.Delay;
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, context.RequestAborted);
        if (applied.Has(FaultKind.ResetBeforeEffect))
        {
            context.Abort();
            return;
        }

        EmulatorResponse? replacement = faultResponses.CreateReplacement(request, applied.Main);
        EmulatorResponse response = replacement ?? router.Route(request);
        if (replacement is null && conformance?.Observe(request, response) is { } exchange && applied.Main is null)
            entry.Completed = () => conformance.Complete(exchange);
        if (applied.Has(FaultKind.ResetAfterEffect))
        {
            context.Abort();
            return;
        }

        if (applied.Main is { Kind: FaultKind.Rewrite, Rewrite: { } rewrite })
        {
            responseCounts.Add(rewrite.StatusCode ?? response.Status);
            await rawSender.SendAsync(context, request, response, rewrite, entry);
            return;
        }

        responseCounts.Add(response.Status);
        await sender.SendAsync(context, response, applied.Main, entry);
    }

    private async Task<EmulatorRequest> ReadAsync(HttpContext context, IHttpRequestFeature feature)
    {
        CancellationToken requestAborted = context.RequestAborted;
        var requestWithoutBody = new EmulatorRequest(
            feature.Method,
            feature.RawTarget,
            feature.Headers,
            context.Connection.RemoteIpAddress
        );
        if (router.DigestsBody(requestWithoutBody))
            return requestWithoutBody.With(await BodyDigest.ReadAsync(context.Request.Body, options.KeepUploads, requestAborted));

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, requestAborted);
        return requestWithoutBody.With(body.ToArray());
    }
}
