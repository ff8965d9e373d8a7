using System.Text.Json;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>Reads the keys of a batch from the query, and the entities of an update from the body.</summary>
internal static class ResumeBatch
{
    private const int MaxRecords = 100;

    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? ReadKeys(EmulatorRequest request, IResumeKeyFormat format, out IReadOnlyList<EmulatedResumeKey> keys)
    {
        if (format.ReadQuery(request.Query, out keys) is { } problem)
            return problem;
        if (keys.Count > MaxRecords)
            return $"Parameter 'ids' is invalid: {keys.Count} records exceed the maximum of {MaxRecords}";
        var seen = new HashSet<EmulatedResumeKey>();
        foreach (EmulatedResumeKey key in keys)
        {
            if (!seen.Add(key))
                return $"Parameter 'ids' is invalid: key '{format.WriteName(key)}' is given more than once";
        }

        return null;
    }

    /// <summary>
    /// Reads <c>{"entities": {key: {"resumeFile": urn, "tcrmCreatedAt": ms}}}</c> with exactly these keys.
    /// </summary>
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? ReadEntities(
        EmulatorRequest request,
        IResumeKeyFormat format,
        IReadOnlyList<EmulatedResumeKey> keys,
        out Dictionary<EmulatedResumeKey, ResumeEntity> entities
    )
    {
        entities = [];
        if (request.Body.Length == 0)
            return "Empty entity body is not allowed for batch_update method request";

        var found = new Dictionary<EmulatedResumeKey, ResumeEntity>();
        string? problem = null;
        var expectedKeys = keys.ToHashSet();
        string? badBody = StrictBody.Read(
            request,
            new BodyField(
                "entities",
                "Map",
                json =>
                {
                    if (json.ValueKind != JsonValueKind.Object)
                        return false;
                    problem = Read(json, format, expectedKeys, found);
                    return true;
                }
            )
        );
        entities = found;
        return badBody ?? problem;
    }

    private static string? Read(
        JsonElement json,
        IResumeKeyFormat format,
        HashSet<EmulatedResumeKey> expectedKeys,
        Dictionary<EmulatedResumeKey, ResumeEntity> found
    )
    {
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (format.ReadName(property.Name, out EmulatedResumeKey key) is { } badKey)
                return $"Invalid key: '{property.Name}' ({badKey})";
            if (ResumeEntity.Read(property.Value, $"/entities/{property.Name}", out ResumeEntity entity) is { } badEntity)
                return badEntity;
            if (!found.TryAdd(key, entity))
                return $"Duplicate key in batch request body: '{property.Name}'";
            if (!expectedKeys.Contains(key))
                return $"Batch request mismatch. Entity key '{property.Name}' not found in the query parameter.";
        }

        return found.Count == expectedKeys.Count
            ? null
            : $"Batch request mismatch. URI keys: {FormatNames(format, expectedKeys)} "
                + $"Entity keys: {FormatNames(format, found.Keys)}";
    }

    private static string FormatNames(IResumeKeyFormat format, IEnumerable<EmulatedResumeKey> keys) =>
        $"[{string.Join(", ", keys.Select(format.WriteName))}]";
}
