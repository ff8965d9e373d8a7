using System.Text.Json;
using System.Text.Json.Serialization;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Reads the texts in a server's JSON that are shown. Whatever a server puts there is read: other types than text as their JSON,
/// and bytes or escapes that are not Unicode with replacement characters.
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
