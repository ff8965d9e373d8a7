using System.IO.Pipelines;
using LinkedInExports.Emulator.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace LinkedInExports.Emulator.Replay;

/// <summary>Replays an incident as a local server.</summary>
/// <param name="session">Answers the requests.</param>
/// <param name="report">Returns the state for <c>GET /emulator/replay</c>.</param>
/// <param name="served">Receives a line for each request, or <c>null</c>.</param>
internal sealed class ReplayApplication(ReplaySession session, Func<byte[]> report, Action<string>? served)
    : IHttpApplication<HttpContext>
{
    public const string ReportPath = "/emulator/replay";

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            var address = new Uri(
                $"http://{context.Request.Host}{context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}"
            );
            if (address.AbsolutePath == ReportPath)
            {
                context.Response.ContentType = "application/json";
                await context.Response.BodyWriter.WriteAsync(report(), context.RequestAborted);
                return;
            }

            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            ReplayedAnswer answer = session.Answer(context.Request.Method, address, body.ToArray());
            served?.Invoke($"{context.Request.Method, -4} {address.AbsolutePath}  {Describe(answer)}");
            await SendAsync(context, answer);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, or the emulator is stopping.
        }
    }

    private static string Describe(ReplayedAnswer answer) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{answer.Response?.Status}{(answer.Response is null || answer.Failure is null ? "" : " ")}{answer.Failure}"
        );

    private static async Task SendAsync(HttpContext context, ReplayedAnswer answer)
    {
        CancellationToken requestAborted = context.RequestAborted;
        if (answer.Delay > TimeSpan.Zero)
            await Task.Delay(answer.Delay, requestAborted);
        if (answer.Response is { } response)
            await SendAsync(context, answer, response);
        if (answer.Failure is null)
            return;
        if (answer.Failure == ReplayedAnswer.NoResponse)
            await Task.Delay(Timeout.Infinite, requestAborted);
        await SendQueue.DrainAsync(context, requestAborted);
        context.Abort();
    }

    private static async Task SendAsync(HttpContext context, ReplayedAnswer answer, EmulatorResponse response)
    {
        CancellationToken requestAborted = context.RequestAborted;
        context.Response.StatusCode = response.Status;
        foreach ((string name, string value) in response.Headers)
            context.Response.Headers[name] = value;
        if (response.Status != StatusCodes.Status204NoContent)
            context.Response.ContentLength = answer.ContentLength;
        await context.Response.StartAsync(requestAborted);

        PipeWriter writer = context.Response.BodyWriter;
        IBodyReader reader = response.Body.Open();
        while (reader.Read(writer.GetSpan(response.Body.BufferSize)) is > 0 and var count)
        {
            writer.Advance(count);
            await writer.FlushAsync(requestAborted);
        }

        if (answer.BodyDelay > TimeSpan.Zero)
            await Task.Delay(answer.BodyDelay, requestAborted);
    }
}
