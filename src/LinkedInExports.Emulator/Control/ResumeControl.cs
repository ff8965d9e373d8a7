using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Control;

/// <summary>Control operations for resumes, uploaded files, quotas and faults of records.</summary>
internal sealed class ResumeControl(LinkedInEmulator emulator, EmulatorOptions options)
{
    private const int MaxPageSize = 100_000;

    public IEnumerable<Operation> Operations(string prefix, IRequestCheck requestCheck) =>
        [
            new(
                HttpMethods.Get,
                $"{prefix}resumes",
                requestCheck,
                request => GetPage(request, emulator.ResumeCount, emulator.Resumes, ToJson)
            ),
            new(
                HttpMethods.Get,
                $"{prefix}blobs",
                requestCheck,
                request => GetPage(request, emulator.BlobCount, emulator.Blobs, ToJson)
            ),
            new(HttpMethods.Get, $"{prefix}quota", requestCheck, _ => ControlResponses.Json(ToQuotaJson())),
            new(HttpMethods.Post, $"{prefix}quota/reset", requestCheck, _ => ControlResponses.Success(emulator.ResetQuota)),
            new(
                HttpMethods.Get,
                $"{prefix}resumes/faults",
                requestCheck,
                _ => ControlResponses.Json(emulator.ResumeFaults.Pending.Select(ResumeFaultJson.From))
            ),
            new(
                HttpMethods.Post,
                $"{prefix}resumes/faults",
                requestCheck,
                request =>
                    ControlResponses.Add<ResumeFaultJson, ResumeFault>(request, json => json.ToFault(), emulator.ResumeFaults.Add)
            ),
            new(
                HttpMethods.Delete,
                $"{prefix}resumes/faults",
                requestCheck,
                _ => ControlResponses.Success(emulator.ResumeFaults.Clear)
            ),
        ];

    private static EmulatorResponse GetPage<T>(EmulatorRequest request, int total, IEnumerable<T> all, Func<T, object> toJson)
    {
        if (RawQuery.ReadAll(request.Query, ["start", "count"], out Dictionary<string, string> query) is { } problem)
            return LinkedInError.BadRequest(problem);
        if (
            !RawQuery.ReadNumber(query, "start", 0, 0, out int start)
            || !RawQuery.ReadNumber(query, "count", MaxPageSize, 1, out int count)
        )
        {
            return LinkedInError.BadRequest("start and count must be integers");
        }

        return ControlResponses.Json(
            new
            {
                Total = total,
                Start = start,
                Elements = all.Skip(start).Take(Math.Min(count, MaxPageSize)).Select(toJson),
            }
        );
    }

    private static object ToJson(EmulatedResume resume) =>
        new
        {
            resume.CandidateId,
            resume.ResumeId,
            resume.IntegrationContext,
            resume.CreatedAt,
            resume.TimesWritten,
            File = ToJson(resume.File),
        };

    private static object ToJson(EmulatedBlob blob) =>
        new
        {
            blob.Urn,
            blob.Length,
            blob.Sha256,
            blob.FileName,
            blob.DeclaredType,
            blob.SentType,
            blob.UploadedAt,
            blob.ExpiresAt,
        };

    private object ToQuotaJson() =>
        new
        {
            options.RecordsPerMinute,
            options.RequestsPerDay,
            options.QuotaWindow,
            Use = emulator.Quota,
            emulator.Upserts,
            emulator.Deletes,
            Answers = emulator.ResponseCounts,
        };
}
