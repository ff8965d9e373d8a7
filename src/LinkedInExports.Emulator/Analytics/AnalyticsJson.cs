using System.Buffers;
using System.Text.Json;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>The JSON of an analytics job in each of the variants that clients have to live with.</summary>
internal static class AnalyticsJson
{
    /// <summary>The answer to the action that created the job.</summary>
    public static ReadOnlyMemory<byte> Created(AnalyticsJob job, EmulatorOptions options) => Write(json =>
    {
        // Rest.li wraps what an action returns.
        if (!options.BareActionAnswer) json.WriteStartObject("value");
        json.WriteNumber("id", job.Id);
        json.WriteString("status", AnalyticsJob.Enqueued);
        if (options.UnknownFields) UndocumentedField.Write(json);
        if (!options.BareActionAnswer) json.WriteEndObject();
    });

    public static ReadOnlyMemory<byte> State(
        AnalyticsJob job, string status, LinkSet? links, EmulatorOptions options) => Write(json =>
    {
        bool hasValues = links is not null || options.OptionalFields == OptionalFields.Present;
        bool hasNulls = !hasValues && options.OptionalFields == OptionalFields.Null;
        if (hasValues) WriteUrl(json, links?.Urls ?? [], options);
        if (hasNulls) json.WriteNull(options.AnalyticsDownloadUrlsArray ? "downloadUrls" : "downloadUrl");
        json.WriteNumber("id", job.Id);
        if (hasValues) WriteValues(json, job, links, options);
        if (hasNulls) WriteNulls(json);
        json.WriteString("status", status);
        if (options.UnknownFields) UndocumentedField.Write(json);
    });

    private static void WriteUrl(Utf8JsonWriter json, string[] urls, EmulatorOptions options)
    {
        if (!options.AnalyticsDownloadUrlsArray)
        {
            if (urls.Length > 0) json.WriteString("downloadUrl", urls[0]);
            return;
        }

        json.WriteStartArray("downloadUrls");
        foreach (string url in urls) json.WriteStringValue(url);
        json.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter json, AnalyticsJob job, LinkSet? links, EmulatorOptions options)
    {
        DateTimeOffset expiresAt = links?.ExpiresAt ?? options.TimeProvider.GetUtcNow() + options.LinkLifetime;
        json.WriteNumber("rowCount", job.RowCount);
        json.WriteNumber(
            "expireAt", options.ExpireAtInSeconds ? expiresAt.ToUnixTimeSeconds() : expiresAt.ToUnixTimeMilliseconds());
    }

    private static void WriteNulls(Utf8JsonWriter json)
    {
        json.WriteNull("rowCount");
        json.WriteNull("expireAt");
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
