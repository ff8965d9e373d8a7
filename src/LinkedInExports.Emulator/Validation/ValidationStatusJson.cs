using System.Buffers;
using System.Text.Json;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Validation;

/// <summary>The JSON of a job in each of the variants that clients have to live with.</summary>
internal static class ValidationStatusJson
{
    public static ReadOnlyMemory<byte> Write(ValidationJob job, string status, LinkSet? links, EmulatorOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("jobId", job.Id);
            json.WriteNumber("exportStartAt", job.ExportStartAt);
            if (links is not null || options.OptionalFields == OptionalFields.Present) WriteValues(json, job, links, options);
            else if (options.OptionalFields == OptionalFields.Null) WriteNulls(json, options);
            json.WriteString("status", status);
            if (options.UnknownFields) UndocumentedField.Write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteValues(Utf8JsonWriter json, ValidationJob job, LinkSet? links, EmulatorOptions options)
    {
        DateTimeOffset expiresAt = links?.ExpiresAt ?? options.TimeProvider.GetUtcNow() + options.LinkLifetime;
        json.WriteNumber("exportEndAt", job.ExportEndAt);
        WriteUrls(json, links?.Urls ?? [], options);
        json.WriteNumber("nextExportStartAt", options.NextExportStartAtIsStart ? job.ExportStartAt : job.ExportEndAt);
        json.WriteNumber("expireAt", expiresAt.ToUnixTimeMilliseconds());
    }

    private static void WriteUrls(Utf8JsonWriter json, string[] urls, EmulatorOptions options)
    {
        if (options.SingleDownloadUrlField)
        {
            if (urls.Length > 0) json.WriteString("downloadUrl", urls[0]);
            return;
        }

        json.WriteStartArray("downloadUrls");
        foreach (string url in urls) json.WriteStringValue(url);
        json.WriteEndArray();
    }

    private static void WriteNulls(Utf8JsonWriter json, EmulatorOptions options)
    {
        json.WriteNull("exportEndAt");
        json.WriteNull(options.SingleDownloadUrlField ? "downloadUrl" : "downloadUrls");
        json.WriteNull("nextExportStartAt");
        json.WriteNull("expireAt");
    }
}
