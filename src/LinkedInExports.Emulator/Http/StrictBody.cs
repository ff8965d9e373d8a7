using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>Reads a JSON body that has to have exactly the given fields, each once and of its type.</summary>
internal static class StrictBody
{
    /// <returns>What is wrong, or <c>null</c>.</returns>
    public static string? Read(ApiRequest request, params IReadOnlyList<BodyField> fields)
    {
        if (!MediaType.Is(request, "application/json")) return "Content-Type has to be application/json";
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return Read(document.RootElement, fields);
        }
        catch (JsonException)
        {
            return "The request body is not valid JSON";
        }
    }

    private static string? Read(JsonElement root, IReadOnlyList<BodyField> fields)
    {
        if (root.ValueKind != JsonValueKind.Object) return "The request body has to be a JSON object";

        List<BodyField> missing = [.. fields];
        foreach (JsonProperty sent in root.EnumerateObject())
        {
            BodyField? field = fields.FirstOrDefault(field => field.Name == sent.Name);
            if (field is null) return $"ERROR :: /{sent.Name} :: unrecognized field found but not allowed";
            if (!missing.Remove(field)) return $"ERROR :: /{sent.Name} :: field is given more than once";
            if (!field.Accept(sent.Value))
                return $"ERROR :: /{sent.Name} :: {sent.Value.GetRawText()} cannot be coerced to {field.Type}";
        }

        return missing.Count == 0
            ? null
            : $"ERROR :: /{missing[0].Name} :: field is required but not found and has no default value";
    }
}
