using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// Reads the answer to a batch. Its keys come back in any order and re-encoded, so they are matched by their parts; a key
/// of the request that is in neither map has no answer, and that is no success.
/// </summary>
/// <remarks>
/// Token by token: a text that is not valid Unicode concerns its own record alone, and a key that comes twice is seen twice.
/// </remarks>
internal sealed class BatchResponse
{
    private static readonly RecordResult MissingResult = new(null, "LinkedIn did not answer for this record.", IsError: true);

    private readonly Dictionary<ResumeKey, RecordResult> _results = [];
    private readonly Dictionary<(string CandidateId, string ResumeId), ResumeKey> _requested = [];
    private readonly Dictionary<ResumeKey, string> _otherOrganizations = [];

    private BatchResponse(IEnumerable<ResumeKey> keys)
    {
        foreach (ResumeKey key in keys)
            _requested[(key.CandidateId, key.ResumeId)] = key;
    }

    /// <summary>Keys that the answer has and the request had not.</summary>
    internal List<string> Unknown { get; } = [];

    internal RecordResult this[ResumeKey key]
    {
        get
        {
            if (_results.TryGetValue(key, out RecordResult result))
                return result;
            return _otherOrganizations.TryGetValue(key, out string? organization)
                ? MissingResult with
                {
                    Message = $"LinkedIn answered for {organization} instead of {key.IntegrationContext}.",
                    ErrorId = LinkedInErrorId.OrganizationMismatch,
                }
                : MissingResult;
        }
    }

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnexpectedResponse"/>.</exception>
    internal static BatchResponse Parse(
        ArraySegment<byte> json,
        IEnumerable<ResumeKey> keys,
        ResumeKeyEncoder form,
        LinkedInRequest request
    )
    {
        var response = new BatchResponse(keys);
        try
        {
            var reader = new Utf8JsonReader(json.AsSpan());
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw ResponseParser.CreateUnexpectedError(request, "the response is not an object");
            bool hasMaps = response.Read(ref reader, form);
            reader.Read(); // Throws where something follows.
            foreach (ResumeKey key in response._otherOrganizations.Keys.Where(response._results.ContainsKey))
                response.Unknown.Add($"{SanitizedText.FromServer($"{key}")} of {response._otherOrganizations[key]}");
            return hasMaps
                ? response
                : throw ResponseParser.CreateUnexpectedError(request, "the response has neither results nor errors");
        }
        catch (JsonException)
        {
            throw ResponseParser.CreateUnexpectedError(request, "the response is not the JSON that LinkedIn documents");
        }
    }

    private bool Read(ref Utf8JsonReader reader, ResumeKeyEncoder form)
    {
        bool hasMaps = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string map = JsonText.Read(ref reader);
            reader.Read();
            if (map is "results" or "errors" && reader.TokenType == JsonTokenType.StartObject)
            {
                hasMaps = true;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string name = JsonText.Read(ref reader);
                    reader.Read();
                    AddEntries(form.Parse(name), name, ParseResult(ref reader, isError: map == "errors"));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return hasMaps;
    }

    private void AddEntries(ResumeKey? parsed, string name, RecordResult result)
    {
        if (parsed is not { } key)
        {
            Unknown.Add(SanitizedText.FromServer(name).ToString());
        }
        else if (!_requested.TryGetValue((key.CandidateId, key.ResumeId), out ResumeKey asked))
        {
            // By its parts: as it is written it looks like a query, and of those nothing is shown.
            Unknown.Add(SanitizedText.FromServer($"{key} of {key.IntegrationContext}").ToString());
        }
        else if (asked.IntegrationContext != key.IntegrationContext)
        {
            _otherOrganizations[asked] = SanitizedText.FromServer(key.IntegrationContext).ToString();
        }
        else
        {
            _results[asked] = _results.TryGetValue(asked, out RecordResult before)
                ? RecordResult.GetWorse(before, result)
                : result;
        }
    }

    private static RecordResult ParseResult(ref Utf8JsonReader reader, bool isError)
    {
        var statuses = new List<int>();
        int? code = null;
        string? message = null;
        string? word = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
        }
        else
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = JsonText.Read(ref reader);
                reader.Read();
                switch (reader.TokenType)
                {
                    case JsonTokenType.Number when name == "status" && reader.TryGetInt32(out int status):
                        statuses.Add(status);
                        break;
                    case JsonTokenType.Number when name == "serviceErrorCode" && reader.TryGetInt32(out int number):
                        code = number;
                        break;
                    case JsonTokenType.String when name == "message":
                        message = JsonText.Read(ref reader);
                        break;
                    case JsonTokenType.String when name == "code":
                        word = JsonText.Read(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        string? words = (message ?? word) is { } text ? SanitizedText.FromServer(text).ToString() : null;
        if (words is not null && code is not null)
            words = $"{words} ({code})";
        return statuses.Count == 0
            ? new RecordResult(null, words, isError)
            : statuses.Select(status => new RecordResult(status, words, isError)).Aggregate(RecordResult.GetWorse);
    }
}
