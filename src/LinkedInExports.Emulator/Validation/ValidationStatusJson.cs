using System.Buffers;
using System.Text.Json;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Validation;

/// <summary>Writes the JSON of a validation job in the configured variant.</summary>
internal static class ValidationStatusJson
{
    private const long DayMilliseconds = 24 * 60 * 60 * 1000;

    public static ReadOnlyMemory<byte> Write(ValidationJob job, string status, LinkSet? links, EmulatorOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("jobId", job.Id);
            json.WriteNumber("exportStartAt", job.ExportStartAt);
            if (links is not null || options.OptionalFields == OptionalFields.Present)
                WriteValues(json, job, links, options);
            else if (options.OptionalFields == OptionalFields.Null)
                WriteNulls(json, options);
            json.WriteString("status", status);
            if (options.UnknownFields)
                UndocumentedField.Write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteValues(Utf8JsonWriter json, ValidationJob job, LinkSet? links, EmulatorOptions options)
    {
        json.WriteNumber("exportEndAt", job.ExportEndAt);
        LinkJson.Write(json, links, options.SingleDownloadUrlField ? LinkJson.One : LinkJson.Many, options);
        if (GetNextStart(job, options.Behavior.NextExportStartAt) is { } next)
            json.WriteNumber("nextExportStartAt", next);
        LinkJson.WriteExpiry(json, links, inSeconds: false, options);
    }

    private static long? GetNextStart(ValidationJob job, NextExportStart rule) =>
        rule switch
        {
            NextExportStart.ExportStart => job.ExportStartAt,
            NextExportStart.BeforeStart => job.ExportStartAt - DayMilliseconds,
            NextExportStart.AfterEnd => job.ExportEndAt + DayMilliseconds,
            NextExportStart.Absent => null,
            _ => job.ExportEndAt,
        };

    private static void WriteNulls(Utf8JsonWriter json, EmulatorOptions options)
    {
        json.WriteNull("exportEndAt");
        json.WriteNull(options.SingleDownloadUrlField ? LinkJson.One : LinkJson.Many);
        json.WriteNull("nextExportStartAt");
        json.WriteNull("expireAt");
    }
}
