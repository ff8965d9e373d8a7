using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>A field that is not documented. LinkedIn can add fields at any time.</summary>
internal static class UndocumentedField
{
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("undocumented");
        json.WriteStartArray("values");
        json.WriteNumberValue(1);
        json.WriteNullValue();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
