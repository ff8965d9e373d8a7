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
            ReplayedResponse response = session.GetResponse(context.Request.Method, address, body.ToArray());
            served?.Invoke($"{context.Request.Method, -4} {address.AbsolutePath}  {Describe(response)}");
            await SendAsync(context, response);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, or the emulator is stopping.
        }
    }

    private static string Describe(ReplayedResponse response) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{response.Message?.Status}{(response.Message is null || response.Failure is null ? "" : " ")}{response.Failure}"
        );

    private static async Task SendAsync(HttpContext context, ReplayedResponse response)
    {
        CancellationToken requestAborted = context.RequestAborted;
        if (response.Delay > TimeSpan.Zero)
            await Task.Delay(response.Delay, requestAborted);
        if (response.Message is { } message)
            await SendAsync(context, response, message);
        if (response.Failure is null)
            return;
        if (response.IsSilent)
            await Task.Delay(Timeout.Infinite, requestAborted);
        await SendQueue.DrainAsync(context, requestAborted);
        context.Abort();
    }

    private static async Task SendAsync(HttpContext context, ReplayedResponse response, EmulatorResponse message)
    {
        CancellationToken requestAborted = context.RequestAborted;
        context.Response.StatusCode = message.Status;
        foreach ((string name, string value) in message.Headers)
            context.Response.Headers[name] = value;
        if (message.Status != StatusCodes.Status204NoContent)
            context.Response.ContentLength = response.ContentLength;
        await context.Response.StartAsync(requestAborted);
        PipeWriter writer = context.Response.BodyWriter;
        await writer.FlushAsync(requestAborted); // The headers, before the delay of the body.

        IBodyReader reader = message.Body.Open();
        long left = message.Body.Length;
        do
        {
            int count = reader.Read(writer.GetSpan(message.Body.BufferSize));
            writer.Advance(count);
            left -= count;
            if (left == 0 && response.BodyDelay > TimeSpan.Zero)
                await Task.Delay(response.BodyDelay, requestAborted); // A client does not wait after the last byte.
            await writer.FlushAsync(requestAborted);
        } while (left > 0);
    }
}
