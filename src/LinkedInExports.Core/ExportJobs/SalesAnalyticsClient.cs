using System.Globalization;
using System.Text.Json;
using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Creates and gets sales analytics export jobs (tutorial "Exporting User Activity").</summary>
public sealed class SalesAnalyticsClient
{
    private const string Resource = "salesAnalyticsExportJobs";

    private readonly RequestPipeline _pipeline;
    private readonly Uri _api;
    private readonly JobRecorder _recorder;

    internal SalesAnalyticsClient(RequestPipeline pipeline, Uri api, JobRecorder recorder)
    {
        _pipeline = pipeline;
        _api = api;
        _recorder = recorder;
    }

    /// <summary>
    /// Creates a job: <c>POST salesAnalyticsExportJobs?action=…</c>. LinkedIn returns the id in the body or in a header.
    /// </summary>
    /// <param name="exportType">The type of the export.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="period">The period, at most 90 days.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// LinkedIn rejected the request, the job may exist (<see cref="LinkedInErrorId.CreateOutcomeUnknown"/>), or it exists and
    /// its id is unknown (<see cref="LinkedInErrorId.JobIdMissing"/>). The request is not repeated in the last two cases.
    /// </exception>
    public async Task<SalesAnalyticsExportJob> CreateAsync(
        ExportType exportType,
        ContractUrn contract,
        Period period,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        string urn = contract.ToString();
        var body = new SalesAnalyticsJobRequest
        {
            StartAt = period.StartAt.ToUnixTimeMilliseconds(),
            EndAt = period.EndAt.ToUnixTimeMilliseconds(),
            Contract = urn,
        };
        var request = new LinkedInRequest
        {
            Description = $"create a job that exports {exportType} data of {urn}",
            Method = HttpMethod.Post,
            RequestUri = new Uri($"{_api}{Resource}?action={GetActionUri(exportType)}"),
            Json = JsonSerializer.SerializeToUtf8Bytes(body, ExportJson.Default.SalesAnalyticsJobRequest),
            RetryOnlyIfNotProcessed = true,
            Target = urn,
        };

        SalesAnalyticsExportJob created = await JobCreationRequest
            .SendAsync(
                _pipeline,
                request,
                Resource,
                (id, response, json) =>
                {
                    var job = new SalesAnalyticsExportJob(exportType)
                    {
                        JobId = id,
                        Contract = urn,
                        StartAt = period.StartAt,
                        EndAt = period.EndAt,
                        CreatedAt = ResponseDate.Get(response),
                    };
                    return json is { } jobResponse ? UpdateIfReadable(job, jobResponse, request) : job;
                },
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
        return _recorder.Record(created, diagnostics);
    }

    /// <summary>Gets a job: <c>GET salesAnalyticsExportJobs/{id}?contract=…</c>.</summary>
    /// <param name="job">A job with its id and contract; properties that LinkedIn does not return are copied from it.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// LinkedIn does not know the job, the request failed, or the contract of the job is invalid.
    /// </exception>
    public async Task<SalesAnalyticsExportJob> GetAsync(
        SalesAnalyticsExportJob job,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        string urn = ContractUrn.Parse(job.Contract).ToString();
        string id = job.JobId.ToString(CultureInfo.InvariantCulture);
        var request = new LinkedInRequest
        {
            Description = $"look up export job {id}",
            Method = HttpMethod.Get,
            RequestUri = new Uri($"{_api}{Resource}/{id}?contract={RestLi.Encode(urn)}"),
            Target = id,
        };
        SalesAnalyticsExportJob current = await _pipeline
            .SendAsync(
                request,
                (_, json) =>
                {
                    SalesAnalyticsJobResponse jobResponse = ParseResponse(json, request);
                    if (jobResponse.Id is { } responseJobId && responseJobId != job.JobId)
                        throw ResponseParser.CreateUnexpectedError(request, $"the response refers to job {responseJobId}");
                    if (jobResponse.Status is not { IsEmpty: false })
                        throw ResponseParser.CreateUnexpectedError(request, "the response has no status");
                    return Update(job with { Contract = urn, IsSaved = null }, jobResponse, request);
                },
                diagnostics,
                cancellationToken
            )
            .ConfigureAwait(false);
        return _recorder.Record(current, diagnostics);
    }

    private static string GetActionUri(ExportType exportType) =>
        exportType switch
        {
            ExportType.Activity => "exportActivityData",
            ExportType.Seat => "exportSeatData",
            ExportType.ActivityOutcome => "exportActivityOutcomeData",
            _ => throw new ArgumentOutOfRangeException(nameof(exportType)),
        };

    private static SalesAnalyticsJobResponse ParseResponse(ArraySegment<byte> json, LinkedInRequest request)
    {
        SalesAnalyticsJobResponse body = ResponseParser.Parse(json, ExportJson.Default.SalesAnalyticsJobResponse, request);
        return body.Value ?? body;
    }

    /// <summary>Ignores an unreadable response: the job exists, and the next request returns the same details.</summary>
    private static SalesAnalyticsExportJob UpdateIfReadable(
        SalesAnalyticsExportJob job,
        ArraySegment<byte> json,
        LinkedInRequest request
    )
    {
        try
        {
            return Update(job, ParseResponse(json, request), request);
        }
        catch (LinkedInException)
        {
            return job;
        }
    }

    private static SalesAnalyticsExportJob Update(
        SalesAnalyticsExportJob job,
        SalesAnalyticsJobResponse response,
        LinkedInRequest request
    ) =>
        job with
        {
            Status = response.Status is { IsEmpty: false } status ? status.ToString() : null,
            DownloadUrls = JobResponseParser.ParseDownloadUrls(response.DownloadUrls, response.DownloadUrl, request),
            ExpireAt = JobResponseParser.ParseTime(ParseMilliseconds(response.ExpireAt), request),
            RowCount = response.RowCount,
        };

    /// <summary>
    /// Normalizes a time to milliseconds. LinkedIn's sample has milliseconds, and a copy of its documentation has seconds.
    /// </summary>
    private static long? ParseMilliseconds(long? time) => time is > -100_000_000_000 and < 100_000_000_000 ? time * 1000 : time;
}
