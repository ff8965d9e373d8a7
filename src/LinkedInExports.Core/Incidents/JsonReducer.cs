using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Reduces JSON to its structure: documented names of members remain, and values become tokens of their kind. Counts and statuses
/// remain, and times are relative to the start of the connection, because they determine what the module does.
/// </summary>
internal sealed class JsonReducer(Tokenizer tokenizer, DateTimeOffset start)
{
    private readonly long _start = start.ToUnixTimeMilliseconds();

    private const NumberStyles Integer = NumberStyles.AllowLeadingSign;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reduces a body, or returns null if it is not JSON.</summary>
    internal byte[]? TryReduce(ReadOnlySpan<byte> json)
    {
        using var reduced = new MemoryStream(json.Length + 16);
        using var writer = new Utf8JsonWriter(reduced, Plain);
        var reader = new Utf8JsonReader(json);
        string name = "";
        try
        {
            while (reader.Read())
                Write(ref reader, writer, ref name);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // Truncated or not JSON.
        }

        writer.Flush();
        return reduced.Length == 0 ? null : reduced.ToArray();
    }

    private void Write(ref Utf8JsonReader reader, Utf8JsonWriter writer, ref string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                name = JsonText.Read(ref reader);
                writer.WritePropertyName(tokenizer.Tokenize(name));
                break;
            case JsonTokenType.String:
                string text = JsonText.Read(ref reader);
                bool isCount = Vocabulary.IsCount(name) && long.TryParse(text, NumberStyles.None, null, out _);
                writer.WriteStringValue(
                    isCount ? text
                    : Vocabulary.IsSecret(name) ? Tokenizer.Secret
                    : tokenizer.Tokenize(text)
                );
                break;
            case JsonTokenType.Number:
                string number = Encoding.ASCII.GetString(reader.ValueSpan.ToArray());
                writer.WriteRawValue(ReduceNumber(number, name), skipInputValidation: true);
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(reader.TokenType == JsonTokenType.True);
                break;
        }
    }

    private string ReduceNumber(string number, string member)
    {
        if (Vocabulary.IsCount(member))
            return number;
        if (Vocabulary.IsTime(member) && long.TryParse(number, Integer, CultureInfo.InvariantCulture, out long at))
            return string.Format(CultureInfo.InvariantCulture, "\"start{0:+0;-0;+0}\"", unchecked(at - _start));

        // The sign, the point and the exponent remain.
        var reduced = new StringBuilder(number.Length);
        int start = 0;
        for (int index = 0; index <= number.Length; index++)
        {
            if (index < number.Length && number[index] is >= '0' and <= '9')
                continue;
            if (index > start)
                reduced.Append(tokenizer.TokenizeWord(number.Substring(start, index - start)));
            if (index < number.Length)
                reduced.Append(number[index]);
            start = index + 1;
        }

        return reduced.ToString();
    }
}
