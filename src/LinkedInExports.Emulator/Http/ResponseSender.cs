using System.Buffers;
using System.IO.Pipelines;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Emulator.Http;

/// <summary>Sends a response, or the part of it that a fault allows.</summary>
internal sealed class ResponseSender(TimeProvider clock)
{
    public async Task SendAsync(HttpContext context, EmulatorResponse response, Fault? fault, LogEntry entry)
    {
        CancellationToken requestAborted = context.RequestAborted;
        long end = GetEnd(response.Body.Length, fault);
        WriteHead(context.Response, response, fault?.Kind == FaultKind.ShortBody ? end : response.Body.Length);
        entry.SetResponse(response.Status);

        bool breaksOff = fault?.Kind is FaultKind.TruncateBody or FaultKind.StallBody;
        if (breaksOff)
            await context.Response.StartAsync(requestAborted);
        await CopyAsync(context.Response.BodyWriter, response.Body, end, requestAborted);
        if (!breaksOff)
        {
            // Logged before the last block is sent, so that a client that has the complete response finds it in the log.
            entry.Complete();
            await context.Response.BodyWriter.FlushAsync(requestAborted);
            return;
        }

        await context.Response.BodyWriter.FlushAsync(requestAborted);
        if (fault?.Kind == FaultKind.StallBody)
            await Task.Delay(Timeout.Infinite, requestAborted);
        await SendQueue.DrainAsync(context, requestAborted);
        context.Abort();
    }

    /// <summary>Gets the number of bytes that a fault allows.</summary>
    public static long GetEnd(long length, Fault? fault) =>
        fault?.Kind is FaultKind.TruncateBody or FaultKind.ShortBody or FaultKind.StallBody
            ? Math.Clamp(fault.AtByte, 0, length)
            : length;

    /// <summary>Creates the headers, without those for the length and the connection.</summary>
    public IHeaderDictionary CreateHeaders(EmulatorResponse response)
    {
        var headers = new HeaderDictionary();
        AddHeaders(headers, response);
        return headers;
    }

    private void AddHeaders(IHeaderDictionary headers, EmulatorResponse response)
    {
        headers.Date = clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        if (clock is ScaledTimeProvider scaled)
            headers[ScaledTimeProvider.Header] = scaled.Announcement;
        TraceHeaders.Add(headers);
        foreach ((string name, string value) in response.Headers)
            headers[name] = value;
        if (response.ContentType is not null)
            headers.ContentType = response.ContentType;
    }

    private void WriteHead(HttpResponse httpResponse, EmulatorResponse response, long length)
    {
        httpResponse.StatusCode = response.Status;
        AddHeaders(httpResponse.Headers, response);
        if (!response.Chunked && response.Status is not 204)
            httpResponse.ContentLength = length;
    }

    private static async Task CopyAsync(PipeWriter writer, IBody body, long end, CancellationToken requestAborted)
    {
        IBodyReader reader = body.Open();
        for (long sent = 0; sent < end; )
        {
            int count = reader.Read(writer.GetSpan(body.BufferSize));
            if (count == 0)
                throw new InvalidOperationException($"The body ended after {sent} of {end} bytes.");
            count = (int)Math.Min(count, end - sent);
            writer.Advance(count);
            sent += count;
            if (sent == end)
                break;
            await writer.FlushAsync(requestAborted);
            requestAborted.ThrowIfCancellationRequested();
        }
    }
}
