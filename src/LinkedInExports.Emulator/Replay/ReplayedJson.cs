using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Core.Incidents;

namespace LinkedInExports.Emulator.Replay;

/// <summary>Creates JSON from recorded JSON, with known values of pseudonyms, the emulator's links, and current times.</summary>
/// <param name="pseudonyms">The values of pseudonyms.</param>
/// <param name="resolveLink">Gets the address of a link, or null for another text.</param>
/// <param name="start">The start of the connection, as if the response had been recorded now.</param>
internal sealed class ReplayedJson(PseudonymMap pseudonyms, Func<string, string?> resolveLink, DateTimeOffset start)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] Create(JsonElement recorded)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Plain))
            Write(recorded, "", writer);
        return json.ToArray();
    }

    /// <summary>Parses a relative time, such as <c>now+3600</c>.</summary>
    public static bool TryParseTime(string text, string origin, out long offset)
    {
        offset = 0;
        return text.StartsWith(origin, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(origin.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out offset);
    }

    private void Write(JsonElement recorded, string member, Utf8JsonWriter writer)
    {
        switch (recorded.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in recorded.EnumerateObject())
                {
                    writer.WritePropertyName(pseudonyms.Replace(property.Name));
                    Write(property.Value, property.Name, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in recorded.EnumerateArray())
                    Write(item, "", writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                WriteText(recorded.GetString()!, writer);
                break;
            case JsonValueKind.Number when !IncidentFormat.IsCount(member):
                writer.WriteRawValue(pseudonyms.Replace(recorded.GetRawText()), skipInputValidation: true);
                break;
            default:
                recorded.WriteTo(writer);
                break;
        }
    }

    private void WriteText(string text, Utf8JsonWriter writer)
    {
        if (!TryParseTime(text, IncidentFormat.Start, out long offset))
            writer.WriteStringValue(resolveLink(text) ?? pseudonyms.Replace(text));
        else if (pseudonyms.GetTime(text) is { } time)
            writer.WriteRawValue(time);
        else
            writer.WriteNumberValue(unchecked(start.ToUnixTimeMilliseconds() + offset));
    }
}
