using System.Net;
using LinkedInExports.Emulator.Analytics;
using LinkedInExports.Emulator.Authentication;
using LinkedInExports.Emulator.Behavior;
using LinkedInExports.Emulator.Contracts;
using LinkedInExports.Emulator.Control;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;
using LinkedInExports.Emulator.Log;
using LinkedInExports.Emulator.OAuth;
using LinkedInExports.Emulator.Quotas;
using LinkedInExports.Emulator.Resumes;
using LinkedInExports.Emulator.Validation;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LinkedInExports.Emulator;

/// <summary>
/// LinkedIn's export and resume endpoints and its OAuth host on 127.0.0.1, as strict as the real ones. Any number can run
/// side by side.
/// </summary>
public sealed class LinkedInEmulator : IAsyncDisposable
{
    private readonly KestrelServer? _server;
    private readonly AccessTokens _tokens;
    private readonly RefreshTokens _refreshTokens;
    private readonly ClientApplication _application;
    private readonly EmulatorOptions _options;
    private readonly ValidationJobs _validations;
    private readonly AnalyticsJobs _analytics;
    private readonly SignedLinkStore _links;
    private readonly UploadLinks _uploadLinks;
    private readonly BlobStore _blobs;
    private readonly ResumeStore _resumes;
    private readonly EmulatedResumeQuota _quota;
    private readonly ResponseCounts _responses = new();
    private readonly RequestLog _log;

    private LinkedInEmulator(EmulatorOptions options, bool listens)
    {
        _options = options;
        TimeProvider clock = options.TimeProvider;
        Faults = new FaultPlan(clock);
        _tokens = new AccessTokens(options);
        _refreshTokens = new RefreshTokens(options);
        _application = new ClientApplication(options);
        _validations = new ValidationJobs(options);
        _analytics = new AnalyticsJobs(options);
        _links = new SignedLinkStore(options);
        _uploadLinks = new UploadLinks(clock, options.UploadLinkLifetime);
        _blobs = new BlobStore(options);
        _resumes = new ResumeStore(_blobs, options);
        _quota = new EmulatedResumeQuota(options);
        _log = new RequestLog(clock, options.LoggedRequests);
        _server = listens ? CreateServer(options.Port) : null;
    }

    /// <summary>Base address of the API, ending in <c>/v2/</c>.</summary>
    public Uri BaseUri { get; private set; } = new("http://127.0.0.1/v2/");

    /// <summary>Where tokens are asked for.</summary>
    public Uri TokenUri => new(BaseUri, OAuthHost.TokenPath);

    /// <summary>Where a browser is sent for an authorization code.</summary>
    public Uri AuthorizationUri => new(BaseUri, OAuthHost.AuthorizationPath);

    /// <summary>The bearer token that is accepted from the start on; it does not expire.</summary>
    public string AccessToken => _tokens.Current;

    /// <summary>The id of the application that may ask for tokens.</summary>
    public string ClientId => _application.Id;

    /// <summary>The secret of that application.</summary>
    public string ClientSecret => _application.Secret;

    /// <summary>The newest refresh token that is valid; if none is any more, the newest of all.</summary>
    public string RefreshToken => _refreshTokens.Newest;

    /// <summary>The access tokens that were issued so far, the oldest first, whatever became of them.</summary>
    public IReadOnlyList<string> IssuedTokens => _tokens.Issued;

    /// <summary>The requests so far, or the newest <see cref="EmulatorOptions.LoggedRequests"/> of them, in the order of arrival, each as it stands at this moment.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Snapshot();

    /// <summary>The faults to come.</summary>
    public FaultPlan Faults { get; }

    /// <summary>The faults to come for single records of batches.</summary>
    public ResumeFaultPlan ResumeFaults { get; } = new();

    /// <summary>How often each HTTP status was answered so far.</summary>
    public IReadOnlyDictionary<int, long> ResponseCounts => _responses.Snapshot();

    /// <summary>All candidate resumes as they stand; a copy of the list, so <see cref="FindResume"/> is cheaper for one.</summary>
    public IEnumerable<EmulatedResume> Resumes =>
        _resumes.Snapshot().Select(resume => new EmulatedResume(resume.Key, resume.Value));

    /// <summary>Number of candidate resumes.</summary>
    public int ResumeCount => _resumes.Count;

    /// <summary>Number of records that were written so far, those included that were written again.</summary>
    public long Upserts => _resumes.Upserts;

    /// <summary>Number of resumes that were deleted so far.</summary>
    public long Deletes => _resumes.Deletes;

    /// <summary>All files that were uploaded so far, those included whose time is over.</summary>
    public IEnumerable<EmulatedBlob> Blobs => _blobs.Snapshot().Select(blob => new EmulatedBlob(blob));

    /// <summary>Number of those files.</summary>
    public int BlobCount => _blobs.Count;

    /// <summary>What was used of the quotas for candidate resumes.</summary>
    public QuotaUsage Quota => _quota.Use;

    /// <summary>How it behaves where the documentation says nothing. Files of jobs that exist stay as they are.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public EmulatorBehavior Behavior
    {
        get => _options.Behavior;
        set => _options.Replace(value);
    }

    /// <summary>Starts an emulator; it serves requests when the task is done.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<LinkedInEmulator> StartAsync(
        EmulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(options ?? new EmulatorOptions(), served: null, cancellationToken);

    /// <summary>
    /// Creates an emulator that listens on no port: requests reach it through <see cref="CreateHandler"/>, at the addresses that
    /// LinkedIn has.
    /// </summary>
    public static LinkedInEmulator CreateInMemory(EmulatorOptions? options = null)
    {
        options ??= new EmulatorOptions();
        options.Validate();
        var emulator = new LinkedInEmulator(options.Copy(), listens: false) { BaseUri = new Uri("https://api.linkedin.com/v2/") };
        if (emulator._links.Template.Length == 0)
            emulator._links.Template = $"https://www.linkedin.com{DownloadEndpoint.Path}?{DownloadEndpoint.SignatureParameter}={{0}}";
        return emulator;
    }

    /// <summary>
    /// A handler that takes requests to this emulator without a network, whatever host they are for. Of the faults, those apply
    /// that replace an answer.
    /// </summary>
    public HttpMessageHandler CreateHandler() => new InMemoryHandler(
        CreateRouter(out DownloadEndpoint downloads),
        _log,
        Faults,
        new FaultResponses(downloads, _links, _options.TimeProvider),
        new ResponseSender(_options.TimeProvider),
        _responses,
        _options);

    /// <summary>As above, telling of each request when it is over and how long it took.</summary>
    internal static async Task<LinkedInEmulator> StartAsync(
        EmulatorOptions options, Action<RecordedRequest, TimeSpan>? served, CancellationToken cancellationToken)
    {
        options.Validate();
        var emulator = new LinkedInEmulator(options.Copy(), listens: true);
        try
        {
            await emulator._server!.StartAsync(emulator.CreateApplication(served), cancellationToken);
        }
        catch
        {
            emulator._server!.Dispose();
            throw;
        }

        emulator.SetAddress();
        return emulator;
    }

    /// <summary>
    /// Every link handed out so far, for downloads and for uploads, is 401 from now on; the next status request brings new
    /// ones.
    /// </summary>
    public void ExpireLinks()
    {
        _links.ExpireAll();
        _uploadLinks.ExpireAll();
    }

    /// <summary>The resume with this key, or <c>null</c>.</summary>
    public EmulatedResume? FindResume(string candidateId, string resumeId, string integrationContext)
    {
        var key = new EmulatedResumeKey(candidateId, resumeId, integrationContext, EmulatedResumeKey.Partner);
        return _resumes.Find(key) is { } resume ? new(key, resume) : null;
    }

    /// <summary>Puts a file into the blob store, as if it had been uploaded.</summary>
    /// <param name="location">Where, with a leading slash; what was there is replaced.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="fileName">The name of its upload.</param>
    public EmulatedBlob AddBlob(string location, byte[] bytes, string fileName)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var order = new UploadLinkRequest(UploadLinkRequest.ContentTypes[0], default);
        return new(_blobs.Add(location, BodyDigest.Compute(bytes, _options.KeepUploads), fileName, order, sentType: null));
    }

    /// <summary>The quotas are as fresh as at the start, and what was counted for them is forgotten.</summary>
    public void ResetQuota() => _quota.Reset();

    /// <summary>
    /// Every access token so far, <see cref="AccessToken"/> included, is revoked. Refresh tokens stay valid, and so do
    /// tokens that are issued from now on.
    /// </summary>
    public void RevokeTokens() => _tokens.RevokeAll();

    /// <summary>The rows of all files of a validation job in their order.</summary>
    /// <exception cref="ArgumentException">There is no such job.</exception>
    public IEnumerable<ValidationRow> GetRows(long jobId) => GetValidationJob(jobId).Files.SelectMany(file => file.GetAllRows());

    /// <summary>The rows of the file of an activity job in their order.</summary>
    /// <exception cref="ArgumentException">There is no such job, or it exports something else.</exception>
    public IEnumerable<ActivityRow> GetActivities(long jobId)
    {
        if (_analytics.Find(jobId) is not { Export: EmulatedExportType.Activity } job)
            throw new ArgumentException($"There is no activity job {jobId}.", nameof(jobId));
        return new ActivityTimeline(job.Request.Contract, _options).GetRows(job.File.Rows);
    }

    /// <summary>All activities of a contract in a closed range, whether or not a job exports them.</summary>
    public IEnumerable<ActivityRow> GetActivities(long contract, DateTimeOffset start, DateTimeOffset end)
    {
        var timeline = new ActivityTimeline(contract, _options);
        RowRange range = timeline.GetRange(start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());

        // The range is in whole milliseconds: the start may have been rounded down across an activity.
        return timeline.GetRows(range).SkipWhile(row => row.CreatedAt < start);
    }

    /// <summary>
    /// The exact bytes of one file, parts counted from 1. For files that fit into memory. If a validation job and an
    /// analytics job have the same id, the validation job is meant.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such job or part.</exception>
    public byte[] GetFileBytes(long jobId, int part = 1)
    {
        IReadOnlyList<IBody> files = _validations.Find(jobId) is null && _analytics.Find(jobId) is { } analytics
            ? [analytics.File]
            : GetValidationJob(jobId).Files;
        ArgumentOutOfRangeException.ThrowIfLessThan(part, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, files.Count);
        return files[part - 1].ToArray();
    }

    /// <summary>Stops at once: connections that are still open are reset.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private ValidationJob GetValidationJob(long jobId) =>
        _validations.Find(jobId) ?? throw new ArgumentException($"There is no job {jobId}.", nameof(jobId));

    private EmulatorApplication CreateApplication(Action<RecordedRequest, TimeSpan>? served)
    {
        Router router = CreateRouter(out DownloadEndpoint downloads);
        var sender = new ResponseSender(_options.TimeProvider);
        return new EmulatorApplication(
            router,
            new ControlApi(_log, Faults, ExpireLinks, GetSummaries, _tokens, new ResumeControl(this, _options), new BehaviorControl(this)),
            _log,
            Faults,
            new FaultResponses(downloads, _links, _options.TimeProvider),
            sender,
            new RawSender(sender, _links),
            _responses,
            _options,
            served);
    }

    private Router CreateRouter(out DownloadEndpoint downloads)
    {
        var gateway = new RequestValidation(_tokens, RestLiProtocolVersion.Check, _options);
        var olderGateway = new RequestValidation(_tokens, RestLiProtocolVersion.CheckEither, _options);
        downloads = new DownloadEndpoint(_links, _uploadLinks, _tokens, _options);
        var validation = new ValidationEndpoints(_validations, _links, gateway, _options);
        var contracts = new ContractsEndpoint(gateway, _options);
        var analytics = new AnalyticsEndpoints(_analytics, _links, gateway, _options);
        var oauth = new OAuthHost(_application, _tokens, _refreshTokens, _options);
        var mediaUrl = new MediaUrlEndpoint(
            _uploadLinks, _links, new QuotaRules(gateway, _quota, QuotaScope.HireMediaUrl), _options);
        var uploads = new UploadEndpoint(
            _uploadLinks, _blobs, _tokens, () => _quota.AdmitRequest(QuotaScope.Uploads), _options);
        var resumes = new ResumeEndpoints(
            _resumes, _quota, ResumeFaults, _links, new QuotaRules(olderGateway, _quota, QuotaScope.CandidateResumes), _options);
        return new Router(
            [
                .. validation.Operations, .. contracts.Operations, .. analytics.Operations, .. downloads.Operations,
                .. mediaUrl.Operations, .. uploads.Operations, .. resumes.Operations, .. oauth.Operations,
            ],
            new QueryTunnel(_options));
    }

    private IEnumerable<JobSummary> GetSummaries() =>
        [.. _validations.All.Select(job => job.Summary), .. _analytics.All.Select(job => job.Summary)];

    private void SetAddress()
    {
        string address = _server!.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        BaseUri = new Uri($"{address}/v2/");
        if (_links.Template.Length == 0)
            _links.Template = $"{address}{DownloadEndpoint.Path}?{DownloadEndpoint.SignatureParameter}={{0}}";
    }

    // Kestrel without a host: nothing reads configuration, watches files or catches signals of the process it lives in.
    private static KestrelServer CreateServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;

        // An overlong query has to get as far as our own 414.
        options.Limits.MaxRequestLineSize = 256 * 1024;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);

        // As little buffered as there is: a flush ends when the system has the bytes. So a reset after it loses none of them.
        var sockets = new SocketTransportOptions { MaxWriteBufferSize = 2 };
        var transport = new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }
}
