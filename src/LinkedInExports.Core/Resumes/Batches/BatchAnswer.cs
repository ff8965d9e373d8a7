using System.Text.Json;
using LinkedInExports.Core.Exports;
using LinkedInExports.Core.Http;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// Reads the answer to a batch. Its keys come back in any order and re-encoded, so they are matched by their parts; a key
/// of the request that is in neither map has no answer, and that is no success.
/// </summary>
internal sealed class BatchAnswer
{
    private readonly Dictionary<ResumeKey, RecordAnswer> _answers = [];

    /// <summary>Keys that the answer has and the request had not.</summary>
    internal List<string> Unknown { get; } = [];

    internal RecordAnswer this[ResumeKey key] =>
        _answers.TryGetValue(key, out RecordAnswer answer) ? answer : new RecordAnswer(null, "LinkedIn did not answer for this record.");

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnexpectedResponse"/>.</exception>
    internal static BatchAnswer Parse(
        ArraySegment<byte> json, IEnumerable<ResumeKey> keys, KeyForm form, LinkedInRequest request)
    {
        var asked = new HashSet<ResumeKey>(keys);
        var answer = new BatchAnswer();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.AsMemory());
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw JobBody.Unexpected(request, "it is not an object");
            bool hasMaps = answer.Take(root, "results", asked, form) | answer.Take(root, "errors", asked, form);
            return hasMaps ? answer : throw JobBody.Unexpected(request, "it has neither results nor errors");
        }
        catch (JsonException)
        {
            throw JobBody.Unexpected(request, "it is not the JSON that LinkedIn documents");
        }
    }

    private bool Take(JsonElement root, string map, HashSet<ResumeKey> asked, KeyForm form)
    {
        if (!root.TryGetProperty(map, out JsonElement entries) || entries.ValueKind != JsonValueKind.Object)
            return false;

        foreach (JsonProperty entry in entries.EnumerateObject())
        {
            if (form.Parse(entry.Name) is not { } key)
            {
                Unknown.Add(SanitizedText.FromServer(entry.Name).ToString());
                continue;
            }

            if (!asked.Contains(key))
            {
                // By its parts: as it is written it looks like a query, and of those nothing is shown.
                Unknown.Add(SanitizedText.FromServer($"{key} of {key.IntegrationContext}").ToString());
                continue;
            }

            // Should a key be in both maps, the error counts: errors are read last.
            _answers[key] = Read(entry.Value, isError: map == "errors");
        }

        return true;
    }

    private static RecordAnswer Read(JsonElement value, bool isError)
    {
        string? words = (Text(value, "message") ?? Text(value, "code")) is { } message ? SanitizedText.FromServer(message).ToString() : null;
        return new RecordAnswer(
            Number(value, "status"),
            words is not null && Number(value, "serviceErrorCode") is { } code ? $"{words} ({code})" : words,
            isError);
    }

    private static int? Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement number)
        && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int result)
            ? result
            : null;

    private static string? Text(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
