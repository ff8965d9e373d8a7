using System.Net.Http.Headers;
using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Validation;

/// <summary>The body of a create request: <c>{"exportStartAt": epoch milliseconds}</c> and nothing else.</summary>
internal static class CreateJobBody
{
    private const string StartField = "exportStartAt";

    /// <returns>What is wrong, or <c>null</c>.</returns>
    public static string? Read(ApiRequest request, out long exportStartAt)
    {
        exportStartAt = 0;
        if (!IsJson(request.Headers.ContentType.ToString())) return "Content-Type has to be application/json";
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return Read(document.RootElement, ref exportStartAt);
        }
        catch (JsonException)
        {
            return "The request body is not valid JSON";
        }
    }

    private static string? Read(JsonElement root, ref long exportStartAt)
    {
        if (root.ValueKind != JsonValueKind.Object) return "The request body has to be a JSON object";

        bool found = false;
        foreach (JsonProperty field in root.EnumerateObject())
        {
            if (field.Name != StartField) return $"ERROR :: /{field.Name} :: unrecognized field found but not allowed";
            if (found) return $"ERROR :: /{StartField} :: field is given more than once";
            found = field.Value.ValueKind == JsonValueKind.Number && field.Value.TryGetInt64(out exportStartAt);
            if (!found) return $"ERROR :: /{StartField} :: {field.Value.GetRawText()} cannot be coerced to Long";
        }

        return found ? null : $"ERROR :: /{StartField} :: field is required but not found and has no default value";
    }

    private static bool IsJson(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));
}
