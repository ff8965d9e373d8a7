using System.Buffers;
using System.Text.Json;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Analytics;

/// <summary>Writes the JSON of an analytics job in the configured variant.</summary>
internal static class AnalyticsJson
{
    /// <summary>Writes the response to the action that created the job.</summary>
    public static ReadOnlyMemory<byte> Created(AnalyticsJob job, EmulatorOptions options) =>
        Write(json =>
        {
            // Rest.li wraps the result of an action.
            if (!options.BareActionAnswer)
                json.WriteStartObject("value");
            if (options.Behavior.AnalyticsJobId == JobIdPlace.Body)
                json.WriteNumber("id", job.Id);
            json.WriteString("status", AnalyticsJob.Enqueued);
            if (options.UnknownFields)
                UndocumentedField.Write(json);
            if (!options.BareActionAnswer)
                json.WriteEndObject();
        });

    public static ReadOnlyMemory<byte> State(AnalyticsJob job, string status, LinkSet? links, EmulatorOptions options) =>
        Write(json =>
        {
            bool hasValues = links is not null || options.OptionalFields == OptionalFields.Present;
            bool hasNulls = !hasValues && options.OptionalFields == OptionalFields.Null;
            string name = options.AnalyticsDownloadUrlsArray ? LinkJson.Many : LinkJson.One;
            if (hasValues)
                LinkJson.Write(json, links, name, options);
            if (hasNulls)
                json.WriteNull(name);
            json.WriteNumber("id", job.Id);
            if (hasValues)
                WriteValues(json, job, links, options);
            if (hasNulls)
                WriteNulls(json);
            json.WriteString("status", status);
            if (options.UnknownFields)
                UndocumentedField.Write(json);
        });

    private static void WriteValues(Utf8JsonWriter json, AnalyticsJob job, LinkSet? links, EmulatorOptions options)
    {
        if (job.RowCount is { } rows)
            json.WriteNumber("rowCount", rows);
        LinkJson.WriteExpiry(json, links, options.ExpireAtInSeconds, options);
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
