using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Incidents;

/// <summary>
/// Reduces JSON to its structure: documented names of members remain, and values become pseudonyms of their kind. Counts and
/// statuses remain, and times are relative to the start of the connection, because they determine what the module does.
/// </summary>
internal sealed class JsonReducer(Pseudonymizer pseudonymizer, DateTimeOffset start)
{
    private const NumberStyles Integer = NumberStyles.AllowLeadingSign;

    /// <summary>Longer numbers are ids, wherever they are.</summary>
    private const int MaxCountDigits = 10;

    /// <summary>The length of LinkedIn's service error codes, which some responses have as strings.</summary>
    private const int MaxCodeDigits = 5;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly long _start = start.ToUnixTimeMilliseconds();

    /// <summary>Reduces a body, or returns null if it is not JSON.</summary>
    internal byte[]? TryReduce(ReadOnlySpan<byte> json)
    {
        using var reduced = new MemoryStream(json.Length + 16);
        using var writer = new Utf8JsonWriter(reduced, Plain);
        var reader = new Utf8JsonReader(json);
        var position = new Position();
        try
        {
            while (reader.Read())
                Write(ref reader, writer, ref position);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null; // Truncated or not JSON.
        }

        writer.Flush();
        return reduced.Length == 0 ? null : reduced.ToArray();
    }

    private void Write(ref Utf8JsonReader reader, Utf8JsonWriter writer, ref Position position)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                position.Enter(reader.CurrentDepth);
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                position.Leave(reader.CurrentDepth);
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                position.Enter(reader.CurrentDepth);
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                position.Leave(reader.CurrentDepth);
                break;
            case JsonTokenType.PropertyName:
                position.Member = JsonText.Read(ref reader);
                writer.WritePropertyName(pseudonymizer.PseudonymizeName(position.Member));
                break;
            case JsonTokenType.String or JsonTokenType.Number when position.IsSecret:
                writer.WriteStringValue(IncidentFormat.Secret);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(ReduceString(JsonText.Read(ref reader), position.Member));
                break;
            case JsonTokenType.Number:
                string number = Encoding.ASCII.GetString(reader.ValueSpan.ToArray());
                writer.WriteRawValue(ReduceNumber(number, position.Member), skipInputValidation: true);
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(reader.TokenType == JsonTokenType.True);
                break;
        }
    }

    private string ReduceString(string text, string member) =>
        member is "status" or "serviceErrorCode" && text.Length <= MaxCodeDigits && text.All(IsDigit)
            ? text
            : pseudonymizer.PseudonymizeValue(text, member);

    private string ReduceNumber(string number, string member)
    {
        if (IncidentFormat.IsCount(member) && number.Length <= MaxCountDigits)
            return number;
        if (Vocabulary.IsTime(member) && long.TryParse(number, Integer, CultureInfo.InvariantCulture, out long at))
        {
            return string.Format(
                CultureInfo.InvariantCulture,
                "\"{0}{1:+0;-0;+0}\"",
                IncidentFormat.Start,
                unchecked(at - _start)
            );
        }

        // The sign, the point and the exponent remain.
        var reduced = new StringBuilder(number.Length);
        int start = 0;
        for (int index = 0; index <= number.Length; index++)
        {
            if (index < number.Length && IsDigit(number[index]))
                continue;
            if (index > start)
                reduced.Append(pseudonymizer.EncryptWords(number.Substring(start, index - start)));
            if (index < number.Length)
                reduced.Append(number[index]);
            start = index + 1;
        }

        return reduced.ToString();
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    /// <summary>The place of a value in JSON.</summary>
    private struct Position()
    {
        private int? _secretDepth;

        /// <summary>The member of the value; an empty string for the values of an array.</summary>
        internal string Member { get; set; } = "";

        /// <summary>Whether the value, or an array or object that contains it, is that of a secret member.</summary>
        internal readonly bool IsSecret => _secretDepth is not null || Vocabulary.IsSecret(Member);

        internal void Enter(int depth)
        {
            if (IsSecret)
                _secretDepth ??= depth;
            Member = "";
        }

        internal void Leave(int depth)
        {
            if (_secretDepth == depth)
                _secretDepth = null;
            Member = "";
        }
    }
}
