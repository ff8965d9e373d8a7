using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Quotas;
using Microsoft.Extensions.Primitives;

namespace LinkedInExports.Emulator.Resumes;

/// <summary>Updates and deletes candidate resumes in batches.</summary>
internal sealed class ResumeEndpoints(
    ResumeStore resumes,
    EmulatedResumeQuota quota,
    ResumeFaultPlan faults,
    SignedLinkStore links,
    IRequestCheck requestCheck,
    EmulatorOptions options
)
{
    private const string Path = "/v2/tcrmCandidateResumes";
    private const string MethodHeader = "X-RestLi-Method";
    private const string Update = "batch_update";
    private const string Delete = "batch_delete";

    private static readonly IResumeKeyFormat Indexed = new RestLi1Keys();
    private static readonly IResumeKeyFormat Listed = new RestLi2Keys();

    public IEnumerable<Operation> Operations =>
        [new(HttpMethods.Put, Path, requestCheck, HandleUpdate), new(HttpMethods.Delete, Path, requestCheck, HandleDelete)];

    private EmulatorResponse HandleUpdate(EmulatorRequest request)
    {
        if (CheckMethod(request, Update, options.InferResumeMethod) is { } badMethod)
            return LinkedInError.BadRequest(badMethod);
        IResumeKeyFormat format = GetFormat(request);
        if (ResumeBatch.ReadKeys(request, format, out IReadOnlyList<EmulatedResumeKey> keys) is { } badQuery)
            return LinkedInError.BadRequest(badQuery);
        if (
            ResumeBatch.ReadEntities(request, format, keys, out Dictionary<EmulatedResumeKey, ResumeEntity> entities) is
            { } badBody
        )
        {
            return LinkedInError.BadRequest(badBody);
        }

        return Handle(request, format, keys, key => resumes.Upsert(key, entities[key]));
    }

    private EmulatorResponse HandleDelete(EmulatorRequest request)
    {
        if (CheckMethod(request, Delete, mayBeMissing: true) is { } badMethod)
            return LinkedInError.BadRequest(badMethod);
        IResumeKeyFormat format = GetFormat(request);
        return ResumeBatch.ReadKeys(request, format, out IReadOnlyList<EmulatedResumeKey> keys) is { } badQuery
            ? LinkedInError.BadRequest(badQuery)
            : Handle(request, format, keys, resumes.Delete);
    }

    private EmulatorResponse Handle(
        EmulatorRequest request,
        IResumeKeyFormat format,
        IReadOnlyList<EmulatedResumeKey> keys,
        Func<EmulatedResumeKey, ResumeOutcome> apply
    )
    {
        if (quota.AdmitRecords(keys.Count) is { } refusal)
            return refusal;
        var results = new BatchResults(format, options.Behavior.AnsweredOrganization);
        foreach (EmulatedResumeKey key in keys)
        {
            ResumeFault? fault = faults.NextFault(key);
            ResumeOutcome outcome = fault
                is { Kind: not (ResumeFaultKind.StrayAnswer or ResumeFaultKind.AnsweredTwice), TakesEffect: false }
                ? ResumeOutcome.Success
                : apply(key);
            if (fault?.Kind == ResumeFaultKind.Refuse)
            {
                outcome = new(fault.StatusCode, Placeholders.Fill(fault.Message, request, links))
                {
                    RawMessage = fault.RawMessage,
                };
            }

            if (fault?.Kind == ResumeFaultKind.AnsweredTwice)
                results.Add(key, new(fault.StatusCode, null));
            if (fault?.Kind != ResumeFaultKind.NoAnswer)
                results.Add(key, outcome);
            if (fault?.Kind == ResumeFaultKind.StrayAnswer)
                results.Add(key with { CandidateId = $"{key.CandidateId}-unexpected" }, ResumeOutcome.Success);
        }

        return results.ToResponse(options.ResumesAnsweredInOrder, options.Seed);
    }

    private static string? CheckMethod(EmulatorRequest request, string expected, bool mayBeMissing)
    {
        StringValues sent = request.Headers[MethodHeader];
        if (sent.Count == 0)
            return mayBeMissing ? null : $"{MethodHeader}: {expected} is required for batch requests";
        return string.Equals(sent.ToString(), expected, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"Method '{sent}' is not supported for URI '{request.Path}'";
    }

    private static IResumeKeyFormat GetFormat(EmulatorRequest request) =>
        RestLiProtocolVersion.Get(request) == RestLiProtocolVersion.Version ? Listed : Indexed;
}
