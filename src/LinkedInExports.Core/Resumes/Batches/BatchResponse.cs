using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>
/// The response to a batch. Its keys are re-encoded and in any order, so they are matched by their parts. A key of the request
/// that is missing from the response has failed.
/// </summary>
/// <remarks>
/// The response is parsed token by token, so that text that is not valid Unicode affects only its own record, and repeated keys
/// are detected.
/// </remarks>
internal sealed class BatchResponse
{
    private static readonly RecordResult MissingResult = new(null, "LinkedIn returned no result for this record.", IsError: true);

    private readonly Dictionary<ResumeKey, RecordResult> _results = [];
    private readonly Dictionary<(string CandidateId, string ResumeId), ResumeKey> _requested = [];
    private readonly Dictionary<ResumeKey, string> _otherOrganizations = [];

    private BatchResponse(IEnumerable<ResumeKey> keys)
    {
        foreach (ResumeKey key in keys)
            _requested[(key.CandidateId, key.ResumeId)] = key;
    }

    /// <summary>The keys in the response that were not in the request.</summary>
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
                    Message = $"LinkedIn returned a result for {organization} instead of {key.IntegrationContext}.",
                    ErrorId = LinkedInErrorId.OrganizationMismatch,
                }
                : MissingResult;
        }
    }

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnexpectedResponse"/>.</exception>
    internal static BatchResponse Parse(
        ArraySegment<byte> json,
        IEnumerable<ResumeKey> keys,
        ResumeKeyEncoder encoder,
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
            bool hasMaps = response.Read(ref reader, encoder);
            reader.Read(); // Throws if the JSON continues after the object.
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

    private bool Read(ref Utf8JsonReader reader, ResumeKeyEncoder encoder)
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
                    AddEntries(encoder.Parse(name), name, ParseResult(ref reader, isError: map == "errors"));
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
        else if (!_requested.TryGetValue((key.CandidateId, key.ResumeId), out ResumeKey requested))
        {
            // By its parts, because the sanitizer removes text that looks like a query.
            Unknown.Add(SanitizedText.FromServer($"{key} of {key.IntegrationContext}").ToString());
        }
        else if (requested.IntegrationContext != key.IntegrationContext)
        {
            _otherOrganizations[requested] = SanitizedText.FromServer(key.IntegrationContext).ToString();
        }
        else
        {
            _results[requested] = _results.TryGetValue(requested, out RecordResult previous)
                ? RecordResult.GetWorse(previous, result)
                : result;
        }
    }

    private static RecordResult ParseResult(ref Utf8JsonReader reader, bool isError)
    {
        var statuses = new List<int>();
        int? code = null;
        string? message = null;
        string? errorCode = null;
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
                        errorCode = JsonText.Read(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
        }

        string? reason = (message ?? errorCode) is { } text ? SanitizedText.FromServer(text).ToString() : null;
        if (reason is not null && code is not null)
            reason = $"{reason} ({code})";
        return statuses.Count == 0
            ? new RecordResult(null, reason, isError)
            : statuses.Select(status => new RecordResult(status, reason, isError)).Aggregate(RecordResult.GetWorse);
    }
}
