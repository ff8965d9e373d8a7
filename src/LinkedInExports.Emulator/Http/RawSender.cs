using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Log;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace LinkedInExports.Emulator.Http;

/// <summary>Sends a rewritten response without the HTTP server, which rejects invalid responses.</summary>
internal sealed class RawSender(ResponseSender sender, SignedLinkStore links)
{
    private const int MaxBodyLength = 256 * 1024 * 1024;

    // The maximum time to wait for the client to close the connection.
    private static readonly TimeSpan MaxCloseDelay = TimeSpan.FromSeconds(5);

    public async Task SendAsync(
        HttpContext context,
        EmulatorRequest request,
        EmulatorResponse response,
        ResponseRewrite rewrite,
        LogEntry entry
    )
    {
        CancellationToken requestAborted = context.RequestAborted;
        byte[] body = CreateBody(request, response, rewrite);
        int status = rewrite.StatusCode ?? response.Status;
        byte[] head = CreateHead(context, request, response, rewrite, status, body.Length);
        entry.SetResponse(status);

        IDuplexPipe transport = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        await transport.Output.WriteAsync(head, requestAborted);
        int atOnce = rewrite.BytesAtOnce ?? Math.Max(1, body.Length);
        for (int sent = 0; sent < body.Length; sent += atOnce)
        {
            if (sent > 0 && rewrite.Pause > TimeSpan.Zero)
                await Task.Delay(rewrite.Pause, requestAborted);
            await transport.Output.WriteAsync(body.AsMemory(sent, Math.Min(atOnce, body.Length - sent)), requestAborted);
        }

        entry.Complete();
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        await WaitForEndAsync(transport.Input);
        context.Abort();
    }

    private static async Task WaitForEndAsync(PipeReader input)
    {
        using var timeout = new CancellationTokenSource(MaxCloseDelay);
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync(timeout.Token);
                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The client has disconnected.
        }
    }

    private byte[] CreateHead(
        HttpContext context,
        EmulatorRequest request,
        EmulatorResponse response,
        ResponseRewrite rewrite,
        int status,
        int length
    )
    {
        IHeaderDictionary headers = sender.CreateHeaders(response);
        headers.ContentLength = length;
        headers.Connection = "close";
        if (rewrite.ContentEncoding is { } encoding)
            headers.ContentEncoding = encoding;

        var lines = new List<KeyValuePair<string, string>>();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in headers)
        {
            if (rewrite.Headers.Keys.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            lines.AddRange(values.Select(value => new KeyValuePair<string, string>(name, value ?? "")));
        }

        foreach ((string name, string? value) in rewrite.Headers)
        {
            if (value is not null)
                lines.Add(new(name, Placeholders.Fill(value, request, links)));
        }

        var head = new ArrayBufferWriter<byte>();
        Write(
            head,
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"HTTP/1.1 {status} {rewrite.ReasonPhrase ?? ReasonPhrases.GetReasonPhrase(status)}\r\n"
            )
        );
        foreach ((string name, string value) in lines)
            Write(head, $"{name}: {value}\r\n");
        Write(head, "\r\n");
        return head.WrittenSpan.ToArray();
    }

    private byte[] CreateBody(EmulatorRequest request, EmulatorResponse response, ResponseRewrite rewrite)
    {
        byte[] body =
            rewrite.BodyBytes
            ?? (
                rewrite.Body is { } text
                    ? Encoding.UTF8.GetBytes(Placeholders.Fill(text, request, links))
                    : CreateMessage(response.Body)
            );
        foreach (BodyReplacement replacement in rewrite.Replacements)
            body = Replace(body, replacement, request);
        return rewrite.ContentEncoding is { } encoding ? Encode(body, encoding) : body;
    }

    private static byte[] CreateMessage(IBody body) =>
        body.Length <= MaxBodyLength
            ? body.ToArray()
            : throw new InvalidOperationException($"A body of {body.Length} bytes is too large to be rewritten.");

    private byte[] Replace(byte[] body, BodyReplacement replacement, EmulatorRequest request)
    {
        byte[] find = Encoding.UTF8.GetBytes(replacement.Find);
        byte[] with =
            replacement.With.AsSpan().IndexOf("${"u8) < 0
                ? replacement.With
                : Encoding.Latin1.GetBytes(Placeholders.Fill(Encoding.Latin1.GetString(replacement.With), request, links));
        using var replaced = new MemoryStream();
        ReadOnlySpan<byte> rest = body;
        for (int at = rest.IndexOf(find); at >= 0; at = rest.IndexOf(find))
        {
            replaced.Write(rest[..at]);
            replaced.Write(with);
            rest = rest[(at + find.Length)..];
        }

        replaced.Write(rest);
        return replaced.ToArray();
    }

    internal static byte[] Encode(byte[] body, string encoding)
    {
        using var encoded = new MemoryStream();
        using (
            Stream encoder = encoding switch
            {
                "gzip" => new GZipStream(encoded, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(encoded, CompressionLevel.Fastest), // The zlib format, as in RFC 9110.
                _ => new BrotliStream(encoded, CompressionLevel.Fastest),
            }
        )
        {
            encoder.Write(body);
        }

        return encoded.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> head, string text)
    {
        bool isLatin1 = text.All(c => c <= '\u00FF');
        head.Write((isLatin1 ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text));
    }
}
