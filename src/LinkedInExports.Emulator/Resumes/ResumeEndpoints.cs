using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Quotas;
using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>Updates and deletes candidate resumes in batches.</summary>
internal sealed class ResumeEndpoints(
    ResumeStore resumes, ResumeQuota quota, ResumeFaultPlan faults, DownloadLinks links, IServiceRules rules, EmulatorOptions options)
{
    private const string Path = "/v2/tcrmCandidateResumes";
    private const string MethodHeader = "X-RestLi-Method";
    private const string Update = "batch_update";
    private const string Delete = "batch_delete";

    private static readonly IKeyFormat Indexed = new IndexedKeys();
    private static readonly IKeyFormat Listed = new ListedKeys();

    public IEnumerable<Operation> Operations =>
    [
        new(HttpMethods.Put, Path, rules, AnswerUpdate),
        new(HttpMethods.Delete, Path, rules, AnswerDelete),
    ];

    private ApiResponse AnswerUpdate(ApiRequest request)
    {
        if (CheckMethod(request, Update, options.InferResumeMethod) is { } badMethod) return LinkedInError.BadRequest(badMethod);
        IKeyFormat format = FormatOf(request);
        if (ResumeBatch.ReadKeys(request, format, out IReadOnlyList<ResumeKey> keys) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        if (ResumeBatch.ReadEntities(request, format, keys, out Dictionary<ResumeKey, ResumeEntity> entities) is { } badBody)
            return LinkedInError.BadRequest(badBody);
        return Answer(request, format, keys, key => resumes.Put(key, entities[key]));
    }

    private ApiResponse AnswerDelete(ApiRequest request)
    {
        if (CheckMethod(request, Delete, mayBeMissing: true) is { } badMethod) return LinkedInError.BadRequest(badMethod);
        IKeyFormat format = FormatOf(request);
        return ResumeBatch.ReadKeys(request, format, out IReadOnlyList<ResumeKey> keys) is { } badQuery
            ? LinkedInError.BadRequest(badQuery)
            : Answer(request, format, keys, resumes.Delete);
    }

    private ApiResponse Answer(
        ApiRequest request, IKeyFormat format, IReadOnlyList<ResumeKey> keys, Func<ResumeKey, ResumeOutcome> apply)
    {
        if (quota.AdmitRecords(keys.Count) is { } refusal) return refusal;
        var answer = new BatchAnswer(format, options.Behavior.AnsweredOrganization);
        foreach (ResumeKey key in keys)
        {
            ResumeFault? fault = faults.Take(key);
            ResumeOutcome outcome = fault is { Kind: not (ResumeFaultKind.StrayAnswer or ResumeFaultKind.AnsweredTwice), TakesEffect: false }
                ? ResumeOutcome.Done
                : apply(key);
            if (fault?.Kind == ResumeFaultKind.Refuse)
            {
                outcome = new(fault.StatusCode, Placeholders.Fill(fault.Message, request, links)) { RawMessage = fault.RawMessage };
            }

            if (fault?.Kind == ResumeFaultKind.AnsweredTwice) answer.Add(key, new(fault.StatusCode, null));
            if (fault?.Kind != ResumeFaultKind.NoAnswer) answer.Add(key, outcome);
            if (fault?.Kind == ResumeFaultKind.StrayAnswer)
                answer.Add(key with { CandidateId = $"{key.CandidateId}-nobody-asked" }, ResumeOutcome.Done);
        }

        return answer.ToResponse(options.ResumesAnsweredInOrder, options.Seed);
    }

    private static string? CheckMethod(ApiRequest request, string expected, bool mayBeMissing)
    {
        StringValues sent = request.Headers[MethodHeader];
        if (sent.Count == 0) return mayBeMissing ? null : $"{MethodHeader}: {expected} is required for batch requests";
        return string.Equals(sent.ToString(), expected, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"Method '{sent}' is not supported for URI '{request.Path}'";
    }

    private static IKeyFormat FormatOf(ApiRequest request) =>
        Protocol.Of(request) == Protocol.Version ? Listed : Indexed;
}
