using System.Buffers;
using System.IO.Pipelines;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Emulator.Http;

/// <summary>Puts an answer on the wire, whole or as far as a fault lets it.</summary>
internal sealed class ResponseSender(TimeProvider clock)
{
    public async Task SendAsync(HttpContext context, EmulatorResponse answer, Fault? fault, LogEntry entry)
    {
        CancellationToken clientLeft = context.RequestAborted;
        long end = GetEnd(answer.Body.Length, fault);
        WriteHead(context.Response, answer, fault?.Kind == FaultKind.ShortBody ? end : answer.Body.Length);
        entry.SetResponse(answer.Status);

        bool breaksOff = fault?.Kind is FaultKind.TruncateBody or FaultKind.StallBody;
        if (breaksOff)
            await context.Response.StartAsync(clientLeft);
        await CopyAsync(context.Response.BodyWriter, answer.Body, end, clientLeft);
        if (!breaksOff)
        {
            // The last block is still here. So whoever has the whole answer also finds it logged as complete.
            entry.Complete();
            await context.Response.BodyWriter.FlushAsync(clientLeft);
            return;
        }

        await context.Response.BodyWriter.FlushAsync(clientLeft);
        if (fault?.Kind == FaultKind.StallBody)
            await Task.Delay(Timeout.Infinite, clientLeft);
        await SendQueue.DrainAsync(context, clientLeft);
        context.Abort();
    }

    private static long GetEnd(long length, Fault? fault) =>
        fault?.Kind is FaultKind.TruncateBody or FaultKind.ShortBody or FaultKind.StallBody
            ? Math.Clamp(fault.AtByte, 0, length)
            : length;

    /// <summary>The headers of an answer without those that its length and connection need.</summary>
    public IHeaderDictionary CreateHeaders(EmulatorResponse answer)
    {
        var headers = new HeaderDictionary();
        AddHeaders(headers, answer);
        return headers;
    }

    private void AddHeaders(IHeaderDictionary headers, EmulatorResponse answer)
    {
        headers.Date = clock.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        TraceHeaders.Add(headers);
        foreach ((string name, string value) in answer.Headers)
            headers[name] = value;
        if (answer.ContentType is not null)
            headers.ContentType = answer.ContentType;
    }

    private void WriteHead(HttpResponse response, EmulatorResponse answer, long length)
    {
        response.StatusCode = answer.Status;
        AddHeaders(response.Headers, answer);
        if (!answer.Chunked && answer.Status is not 204)
            response.ContentLength = length;
    }

    private static async Task CopyAsync(PipeWriter writer, IBody body, long end, CancellationToken clientLeft)
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
            await writer.FlushAsync(clientLeft);
            clientLeft.ThrowIfCancellationRequested();
        }
    }
}
