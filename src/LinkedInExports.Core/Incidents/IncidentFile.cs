using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Incidents;

/// <summary>Writes incidents as JSON files for the emulator's option <c>--replay</c>.</summary>
internal static class IncidentFile
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes an incident atomically. Except on Windows, only the current user can access it.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.FileWriteFailed"/>.</exception>
    internal static void Write(FileSystem files, string path, Incident incident) =>
        AtomicFileWriter.WriteAllBytes(files, path, ToJson(incident), FileOpenFlags.OwnerOnly);

    internal static byte[] ToJson(Incident incident)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Readable))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", IncidentFormat.Version);
            writer.WriteString("createdAt", incident.CreatedAt);
            writer.WriteString("module", incident.Versions.Module);
            writer.WriteString("powerShell", incident.Versions.PowerShell);
            writer.WriteString("operatingSystem", incident.Versions.OperatingSystem);
            WriteError(writer, incident.Error);
            writer.WriteStartArray("commands");
            foreach (RecordedCommand command in incident.Commands)
            {
                writer.WriteStartObject();
                writer.WriteString("name", command.Name);
                writer.WriteStartArray("parameters");
                foreach (string parameter in command.Parameters)
                    writer.WriteStringValue(parameter);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteNumber("omittedExchanges", incident.OmittedExchanges);
            writer.WriteStartArray("exchanges");
            foreach (Exchange exchange in incident.Exchanges)
                WriteExchange(writer, exchange);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void WriteError(Utf8JsonWriter writer, IncidentError? error)
    {
        if (error is null)
        {
            writer.WriteNull("error");
            return;
        }

        writer.WriteStartObject("error");
        writer.WriteString("id", error.Id);
        writer.WriteString("category", error.Category);
        writer.WriteString("command", error.Command);
        writer.WriteString("message", error.Message);
        if (error.StatusCode is { } status)
            writer.WriteNumber("status", status);
        if (error.ServiceErrorCode is { } code)
            writer.WriteNumber("serviceErrorCode", code);
        writer.WriteEndObject();
    }

    private static void WriteExchange(Utf8JsonWriter writer, Exchange exchange)
    {
        writer.WriteStartObject();
        writer.WriteNumber("atMilliseconds", ToMilliseconds(exchange.At));
        writer.WriteString("method", exchange.Method);
        writer.WriteString("path", exchange.Path);
        if (exchange.Query.Length > 0)
            writer.WriteString("query", exchange.Query);
        WriteHeaders(writer, exchange.Headers);
        WriteBody(writer, exchange.Body);
        if (exchange.Status is { } status)
        {
            writer.WriteStartObject("response");
            writer.WriteNumber("status", status);
            writer.WriteNumber("afterMilliseconds", ToMilliseconds(exchange.Duration));
            WriteHeaders(writer, exchange.ResponseHeaders);
            WriteBody(writer, exchange.ResponseBody);
            writer.WriteNumber("bodyAfterMilliseconds", ToMilliseconds(exchange.BodyDuration));
            writer.WriteEndObject();
        }

        if (exchange.Failure is { } failure)
        {
            writer.WriteString("failure", failure);
            if (exchange.Status is null)
                writer.WriteNumber("afterMilliseconds", ToMilliseconds(exchange.Duration));
        }

        writer.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (headers.Count == 0)
            return;
        writer.WriteStartObject("headers");
        foreach (KeyValuePair<string, string> header in headers)
            writer.WriteString(header.Key, header.Value);
        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, RecordedBody? body)
    {
        if (body is null)
            return;
        writer.WriteStartObject("body");
        if (body.Json is { } json)
        {
            writer.WritePropertyName("json");
            writer.WriteRawValue(json, skipInputValidation: true);
        }
        else if (body.Text is { } text)
        {
            writer.WriteString("text", text);
        }
        else if (body.LongText is { } longText)
        {
            writer.WriteNumber("length", longText.Length);
            if (longText.RowCount is { } rows)
                writer.WriteNumber("rows", rows);
            writer.WriteString("start", longText.Start);
            writer.WriteString("end", longText.End);
        }
        else
        {
            writer.WriteNumber("length", body.Length ?? 0);
        }

        writer.WriteEndObject();
    }

    private static long ToMilliseconds(TimeSpan time) => (long)Math.Round(time.TotalMilliseconds);
}
