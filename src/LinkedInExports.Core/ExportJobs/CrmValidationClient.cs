using System.Globalization;
using System.Text.Json;
using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>
/// Creates and gets CRM validation export jobs (tutorial "Exporting CRM Data Validation").
/// </summary>
public sealed class CrmValidationClient
{
    private const string Resource = "crmDataValidationExportJobs";

    private readonly RequestPipeline _pipeline;
    private readonly Uri _api;
    private readonly JobRecorder _recorder;

    internal CrmValidationClient(RequestPipeline pipeline, Uri api, JobRecorder recorder)
    {
        _pipeline = pipeline;
        _api = api;
        _recorder = recorder;
    }

    /// <summary>
    /// Creates a job: <c>POST crmDataValidationExportJobs?crmInstanceId=…</c>. LinkedIn responds with 201 and the id in a header,
    /// without a body.
    /// </summary>
    /// <param name="crmInstance">The CRM instance.</param>
    /// <param name="exportStartAt">The time from which flagged records are exported, up to now.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// LinkedIn rejected the request, the job may exist (<see cref="LinkedInErrorId.CreateOutcomeUnknown"/>), or it exists and
    /// its id is unknown (<see cref="LinkedInErrorId.JobIdMissing"/>). The request is not repeated in the last two cases.
    /// </exception>
    public async Task<CrmValidationExportJob> CreateAsync(
        CrmInstanceUrn crmInstance,
        DateTimeOffset exportStartAt,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        string urn = crmInstance.ToString();
        var body = new CrmValidationJobRequest { ExportStartAt = exportStartAt.ToUnixTimeMilliseconds() };
        var request = new LinkedInRequest
        {
            Description = $"create an export job for {urn}",
            Method = HttpMethod.Post,
            RequestUri = CreateUri("", urn),
            Json = JsonSerializer.SerializeToUtf8Bytes(body, ExportJson.Default.CrmValidationJobRequest),
            RetryOnlyIfNotProcessed = true,
            Target = urn,
        };

        CrmValidationExportJob job = await JobCreationRequest
            .SendAsync(
                _pipeline,
                request,
                Resource,
                (id, response, _) =>
                    new CrmValidationExportJob
                    {
                        JobId = id,
                        CrmInstanceId = urn,
                        ExportStartAt = DateTimeOffset.FromUnixTimeMilliseconds(body.ExportStartAt),
                        CreatedAt = ResponseDate.Get(response),
                    },
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
        return _recorder.Record(job, diagnostics);
    }

    /// <summary>Gets a job: <c>GET crmDataValidationExportJobs/{jobId}?crmInstanceId=…</c>.</summary>
    /// <param name="jobId">LinkedIn's id of the job, which expires after a week.</param>
    /// <param name="crmInstance">The CRM instance that the job was created for.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">LinkedIn does not know the job, or the request failed.</exception>
    public async Task<CrmValidationExportJob> GetAsync(
        long jobId,
        CrmInstanceUrn crmInstance,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        string urn = crmInstance.ToString();
        string id = jobId.ToString(CultureInfo.InvariantCulture);
        var request = new LinkedInRequest
        {
            Description = $"look up export job {id}",
            Method = HttpMethod.Get,
            RequestUri = CreateUri("/" + id, urn),
            Target = id,
        };
        CrmValidationExportJob job = await _pipeline
            .SendAsync(request, (response, body) => Parse(body, jobId, urn, request), diagnostics, cancellationToken)
            .ConfigureAwait(false);
        return _recorder.Record(job, diagnostics);
    }

    private Uri CreateUri(string path, string urn) => new($"{_api}{Resource}{path}?crmInstanceId={RestLi.Encode(urn)}");

    private static CrmValidationExportJob Parse(ArraySegment<byte> json, long jobId, string urn, LinkedInRequest request)
    {
        CrmValidationJobResponse body = ResponseParser.Parse(json, ExportJson.Default.CrmValidationJobResponse, request);
        if (body.JobId is { } responseJobId && responseJobId != jobId)
            throw ResponseParser.CreateUnexpectedError(request, $"the response refers to job {responseJobId}");
        if (body.Status is not { IsEmpty: false } status)
            throw ResponseParser.CreateUnexpectedError(request, "the response has no status");

        return new CrmValidationExportJob
        {
            JobId = jobId,
            CrmInstanceId = urn,
            Status = status.ToString(),
            ExportStartAt = JobResponseParser.ParseTime(body.ExportStartAt, request) ?? default,
            ExportEndAt = JobResponseParser.ParseTime(body.ExportEndAt, request),
            NextExportStartAt = JobResponseParser.ParseTime(body.NextExportStartAt, request),
            ExpireAt = JobResponseParser.ParseTime(body.ExpireAt, request),
            DownloadUrls = JobResponseParser.ParseDownloadUrls(body.DownloadUrls, body.DownloadUrl, request),
        };
    }
}
