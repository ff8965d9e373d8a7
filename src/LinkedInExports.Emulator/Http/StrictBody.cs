using System.Text.Json;

namespace LinkedInExports.Emulator.Http;

/// <summary>Reads a JSON body strictly: no unknown or repeated fields, and only fields of the expected type.</summary>
internal static class StrictBody
{
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Read(EmulatorRequest request, params IReadOnlyList<BodyField> fields)
    {
        if (!MediaType.Matches(request, "application/json"))
            return "Content-Type must be application/json";
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            return Read(document.RootElement, "", fields);
        }
        catch (JsonException)
        {
            return "The request body is not valid JSON";
        }
    }

    /// <summary>Reads an object in the body.</summary>
    /// <param name="root">The object.</param>
    /// <param name="path">The path of the object, for example <c>/a/b</c>, or an empty string for the body.</param>
    /// <param name="fields">The allowed fields.</param>
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? Read(JsonElement root, string path, IReadOnlyList<BodyField> fields)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return path.Length == 0 ? "The request body must be a JSON object" : $"ERROR :: {path} :: is not an object";

        List<BodyField> missing = [.. fields];
        foreach (JsonProperty sent in root.EnumerateObject())
        {
            BodyField? field = fields.FirstOrDefault(field => field.Name == sent.Name);
            if (field is null)
                return $"ERROR :: {path}/{sent.Name} :: unrecognized field found but not allowed";
            if (!missing.Remove(field))
                return $"ERROR :: {path}/{sent.Name} :: field is given more than once";
            if (!field.Accept(sent.Value))
                return $"ERROR :: {path}/{sent.Name} :: {sent.Value.GetRawText()} cannot be coerced to {field.Type}";
        }

        return missing.Find(field => field.IsRequired) is { } absent
            ? $"ERROR :: {path}/{absent.Name} :: field is required but not found and has no default value"
            : null;
    }
}
