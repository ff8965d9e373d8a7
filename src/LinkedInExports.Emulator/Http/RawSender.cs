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

/// <summary>Puts a rewritten answer on the wire past the HTTP server, which would not send what is not valid.</summary>
internal sealed class RawSender(ResponseSender sender, SignedLinkStore links)
{
    private const int MaxBodyLength = 256 * 1024 * 1024;

    // A client that does not leave after the end of its answer is not waited for.
    private static readonly TimeSpan MaxCloseDelay = TimeSpan.FromSeconds(5);

    public async Task SendAsync(
        HttpContext context,
        EmulatorRequest request,
        EmulatorResponse answer,
        ResponseRewrite rewrite,
        LogEntry entry
    )
    {
        CancellationToken clientLeft = context.RequestAborted;
        byte[] body = CreateBody(request, answer, rewrite);
        int status = rewrite.StatusCode ?? answer.Status;
        byte[] head = CreateHead(context, request, answer, rewrite, status, body.Length);
        entry.SetResponse(status);

        IDuplexPipe transport = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        await transport.Output.WriteAsync(head, clientLeft);
        int atOnce = rewrite.BytesAtOnce ?? Math.Max(1, body.Length);
        for (int sent = 0; sent < body.Length; sent += atOnce)
        {
            if (sent > 0 && rewrite.Pause > TimeSpan.Zero)
                await Task.Delay(rewrite.Pause, clientLeft);
            await transport.Output.WriteAsync(body.AsMemory(sent, Math.Min(atOnce, body.Length - sent)), clientLeft);
        }

        entry.Complete();
        context.Features.Get<IConnectionSocketFeature>()?.Socket.Shutdown(SocketShutdown.Send);
        await WaitForEndAsync(transport.Input);
        context.Abort();
    }

    private static async Task WaitForEndAsync(PipeReader input)
    {
        using var patience = new CancellationTokenSource(MaxCloseDelay);
        try
        {
            while (true)
            {
                ReadResult read = await input.ReadAsync(patience.Token);
                input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // Over as well.
        }
    }

    private byte[] CreateHead(
        HttpContext context,
        EmulatorRequest request,
        EmulatorResponse answer,
        ResponseRewrite rewrite,
        int status,
        int length
    )
    {
        IHeaderDictionary headers = sender.CreateHeaders(answer);
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

    private byte[] CreateBody(EmulatorRequest request, EmulatorResponse answer, ResponseRewrite rewrite)
    {
        byte[] body =
            rewrite.BodyBytes
            ?? (
                rewrite.Body is { } text
                    ? Encoding.UTF8.GetBytes(Placeholders.Fill(text, request, links))
                    : CreateMessage(answer.Body)
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

    private static byte[] Encode(byte[] body, string encoding)
    {
        using var encoded = new MemoryStream();
        using (
            Stream encoder = encoding switch
            {
                "gzip" => new GZipStream(encoded, CompressionLevel.Fastest),
                "deflate" => new ZLibStream(encoded, CompressionLevel.Fastest), // RFC 9110: the zlib format.
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
