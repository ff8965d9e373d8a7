using System.Text.Json;
using System.Text.Json.Serialization;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator.Control;

/// <summary>Converts times to seconds or the word <c>forever</c>.</summary>
internal sealed class SecondsConverter : JsonConverter<TimeSpan>
{
    public const string Forever = "forever";

    private const double MaxValue = 365.0 * 24 * 3600;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.GetString() == Forever)
            return EmulatorBehavior.Forever;
        return
            reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double seconds) && seconds is >= 0 and <= MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : throw new JsonException($"A time must be a number of seconds or \"{Forever}\".");
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
    {
        if (value == EmulatorBehavior.Forever)
            writer.WriteStringValue(Forever);
        else
            writer.WriteNumberValue(value.TotalSeconds);
    }
}
