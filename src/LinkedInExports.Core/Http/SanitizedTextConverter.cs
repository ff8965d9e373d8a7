using System.Text.Json;
using System.Text.Json.Serialization;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Reads texts in a server's JSON for display. Values of other types are read as their JSON, and bytes or escapes that are not
/// valid Unicode as replacement characters.
/// </summary>
internal sealed class SanitizedTextConverter : JsonConverter<SanitizedText>
{
    public override SanitizedText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => SanitizedText.FromServer(JsonText.Read(ref reader)),
            _ => SanitizedText.FromServer(JsonElement.ParseValue(ref reader).GetRawText()),
        };

    public override void Write(Utf8JsonWriter writer, SanitizedText value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
