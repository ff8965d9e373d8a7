using System.Globalization;
using System.Text.Json;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Messages;

namespace LinkedInExports.Core.Exports.Crm;

/// <summary>
/// Creates validation jobs and asks for their state (tutorial "Exporting CRM Data Validation").
/// </summary>
public sealed class CrmValidationExports
{
    private const string Resource = "crmDataValidationExportJobs";

    private readonly RequestPipeline _pipeline;
    private readonly Uri _api;

    internal CrmValidationExports(RequestPipeline pipeline, Uri api)
    {
        _pipeline = pipeline;
        _api = api;
    }

    /// <summary>
    /// Creates a job: <c>POST crmDataValidationExportJobs?crmInstanceId=…</c>. LinkedIn answers 201 with the id in a
    /// header and no body.
    /// </summary>
    /// <param name="crmInstanceId">The CRM, <c>urn:li:crmInstance:(KEY,id)</c>.</param>
    /// <param name="exportStartAt">Records flagged from here to now are exported.</param>
    /// <param name="messages">Hears of each request.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <exception cref="LinkedInException">
    /// The job was refused, or nobody knows whether it was made (<see cref="LinkedInErrorId.CreateOutcomeUnknown"/>):
    /// then it is not sent again.
    /// </exception>
    public async Task<CrmValidationExportJob> CreateAsync(
        string crmInstanceId, DateTimeOffset exportStartAt, IMessages messages, CancellationToken cancellation)
    {
        string urn = CrmInstanceUrn.Parse(crmInstanceId);
        var body = new CrmValidationRequestBody { ExportStartAt = exportStartAt.ToUnixTimeMilliseconds() };
        var request = new LinkedInRequest
        {
            Purpose = $"create an export job for {urn}",
            Method = HttpMethod.Post,
            Address = Address("", urn),
            Json = JsonSerializer.SerializeToUtf8Bytes(body, ExportJson.Default.CrmValidationRequestBody),
            Creates = true,
            Target = urn,
        };

        return await UnknownOutcome.GuardAsync(request, () => _pipeline.SendAsync(
            request,
            (HttpResponseMessage response, CancellationToken _) => Task.FromResult(new CrmValidationExportJob
            {
                // All there is to know is in the headers; a body, if any, is not waited for.
                JobId = CreatedId(response, request),
                CrmInstanceId = urn,
                ExportStartAt = DateTimeOffset.FromUnixTimeMilliseconds(body.ExportStartAt),
                CreatedAt = JobBody.CreatedAt(response),
            }),
            messages,
            cancellation)).ConfigureAwait(false);
    }

    /// <summary>Asks for a job: <c>GET crmDataValidationExportJobs/{jobId}?crmInstanceId=…</c>.</summary>
    /// <param name="jobId">LinkedIn's id of the job; it lives for a week.</param>
    /// <param name="crmInstanceId">The CRM that the job was created for.</param>
    /// <param name="messages">Hears of each request.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <exception cref="LinkedInException">The job is unknown, or LinkedIn could not be asked.</exception>
    public Task<CrmValidationExportJob> GetAsync(
        long jobId, string crmInstanceId, IMessages messages, CancellationToken cancellation)
    {
        string urn = CrmInstanceUrn.Parse(crmInstanceId);
        string id = jobId.ToString(CultureInfo.InvariantCulture);
        var request = new LinkedInRequest
        {
            Purpose = $"look up export job {id}",
            Method = HttpMethod.Get,
            Address = Address("/" + id, urn),
            Target = id,
        };
        return _pipeline.SendAsync(request, (response, body) => Parse(body, jobId, urn, request), messages, cancellation);
    }

    private Uri Address(string path, string urn) => new($"{_api}{Resource}{path}?crmInstanceId={RestLi.Encode(urn)}");

    private static long CreatedId(HttpResponseMessage response, LinkedInRequest request) =>
        long.TryParse(RestLi.CreatedId(response, Resource), NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            ? id
            : throw new LinkedInException(
                LinkedInErrorId.UnexpectedResponse,
                $"LinkedIn accepted the export job for {request.Target}, but its answer names no job id.")
            {
                StatusCode = (int)response.StatusCode,
                TraceId = ErrorResponse.TraceId(response),
                Target = request.Target,
            };

    private static CrmValidationExportJob Parse(ArraySegment<byte> json, long jobId, string urn, LinkedInRequest request)
    {
        CrmValidationJobBody body = JobBody.Parse(json, ExportJson.Default.CrmValidationJobBody, request);
        if (body.JobId is { } answered && answered != jobId)
            throw JobBody.Unexpected(request, $"it speaks of job {answered}");
        if (body.Status is not { IsEmpty: false } status)
            throw JobBody.Unexpected(request, "it has no status");

        return new CrmValidationExportJob
        {
            JobId = jobId,
            CrmInstanceId = urn,
            Status = status.ToString(),
            ExportStartAt = JobBody.Time(body.ExportStartAt, request) ?? default,
            ExportEndAt = JobBody.Time(body.ExportEndAt, request),
            NextExportStartAt = JobBody.Time(body.NextExportStartAt, request),
            ExpireAt = JobBody.Time(body.ExpireAt, request),
            DownloadUrls = JobBody.Links(body.DownloadUrls ?? (body.DownloadUrl is { } one ? [one] : []), request),
        };
    }
}
