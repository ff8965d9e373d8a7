using LinkedInExports.Core.Api;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Quotas.Shared;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core;

/// <summary>A connection to LinkedIn. Thread-safe, so that runspaces and commands can share it.</summary>
public sealed class LinkedInClient : IConnectionState, IDisposable
{
    private readonly LinkedInClientOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestPipeline _pipeline;
    private readonly JobRecorder _recorder;
    private readonly int _number;

    /// <summary>Initializes a client without sending a request.</summary>
    /// <exception cref="LinkedInException">An address is invalid (<see cref="LinkedInErrorId.InvalidAddress"/>).</exception>
    public LinkedInClient(LinkedInClientOptions options)
    {
        _options = options;
        BaseUri = AddressPolicy.ValidateApiUri(options.BaseUri);
        _time = EmulatorClock.Create(BaseUri, options.Time);
        Incidents = options.Incidents ?? new IncidentRecorder(_time);
        var pipelineOptions = new PipelineOptions(options.Retry, _time, options.ApiVersion);
        var sender = new RequestSender(
            HttpClientFactory.CreateClient(options.HttpHandler, options.Proxy.Create(BaseUri), Incidents.CreateHandler),
            options.AccessToken,
            new AddressPolicy(BaseUri, DownloadHost.Documented.Concat(options.DownloadHosts)),
            pipelineOptions
        );
        _pipeline = new RequestPipeline(sender, options.AccessToken, pipelineOptions);
        Api = new RestLiApi(_pipeline, BaseUri);
        JobHistory = options.DataFolder is { } folder ? JobHistory.Get(folder) : null;
        _recorder = new JobRecorder(JobHistory, BaseUri.Authority);
        CrmValidation = new CrmValidationClient(_pipeline, BaseUri, _recorder);
        SalesContracts = new SalesContractClient(_pipeline, BaseUri);
        SalesAnalytics = new SalesAnalyticsClient(_pipeline, BaseUri, _recorder);
        Jobs = new ExportJobClient(CrmValidation, SalesAnalytics);
        CandidateResumes = new CandidateResumeClient(_pipeline, BaseUri, CreateResumeOptions());
        _number = ModuleMetrics.AddConnection(this);
    }

    /// <summary>The address of the API, with a trailing slash.</summary>
    public Uri BaseUri { get; }

    /// <summary>The recorder of the newest exchanges.</summary>
    public IncidentRecorder Incidents { get; }

    /// <summary>The time of the clock that the connection follows.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Calls any endpoint of the API.</summary>
    public RestLiApi Api { get; }

    /// <summary>Creates and gets CRM validation export jobs.</summary>
    public CrmValidationClient CrmValidation { get; }

    /// <summary>Lists Sales Navigator contracts.</summary>
    public SalesContractClient SalesContracts { get; }

    /// <summary>Creates and gets sales analytics export jobs.</summary>
    public SalesAnalyticsClient SalesAnalytics { get; }

    /// <summary>Gets export jobs of any type.</summary>
    public ExportJobClient Jobs { get; }

    /// <summary>The job history, or null if jobs are not recorded.</summary>
    internal JobHistory? JobHistory { get; }

    /// <summary>Uploads, synchronizes and removes candidate resumes.</summary>
    public CandidateResumeClient CandidateResumes { get; }

    /// <summary>Creates a waiter for jobs.</summary>
    public ExportWaiter CreateWaiter(WaitOptions options) => new(Jobs, options, _time, _options.Random.NextDouble);

    /// <summary>Creates a saver of the files of jobs.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="observer">Is notified of each saved job, for example a checkpoint, or null.</param>
    public ExportSaver CreateSaver(SaveOptions options, ISavedJobObserver? observer = null)
    {
        var services = new SaveServices(_pipeline, Jobs, _time, _options.Retry, BaseUri.Authority, _options.FileSystem)
        {
            Observer = observer,
            Recorder = _recorder,
        };
        return new ExportSaver(services, options);
    }

    /// <summary>Locks a checkpoint until the lease is disposed.</summary>
    /// <param name="path">The full path of the file, which does not have to exist.</param>
    /// <param name="run">The owner of the lock. Equal owners share the lock.</param>
    /// <exception cref="LinkedInException">Another run has locked it, or it cannot be read.</exception>
    public CheckpointLease OpenCheckpoint(string path, object run) =>
        CheckpointLease.Open(_options.FileSystem, path, BaseUri.Authority, run);

    /// <summary>Checks whether a checkpoint can be read, without locking it.</summary>
    /// <exception cref="LinkedInException">The checkpoint cannot be read.</exception>
    public void ValidateCheckpoint(string path) => CheckpointLease.Validate(path, BaseUri.Authority);

    /// <summary>Creates a service that creates the jobs of incremental exports.</summary>
    public IncrementalExportService CreateIncrementalExports(CheckpointLease checkpoint) =>
        new(CrmValidation, SalesAnalytics, new IncrementalExportContext(checkpoint, Jobs, _time));

    string? IConnectionState.RefreshToken => (_options.AccessToken as RefreshingTokenSource)?.RefreshToken;

    DateTimeOffset? IConnectionState.TokenExpiresAt => (_options.AccessToken as RefreshingTokenSource)?.Current?.ExpiresAt;

    /// <summary>Gets the current token, or a new one. Reports wrong credentials before the first request.</summary>
    /// <exception cref="LinkedInException">LinkedIn rejected the credentials, or the request failed.</exception>
    public Task<AccessToken> GetTokenAsync(IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        _options.AccessToken.GetTokenAsync(diagnostics, cancellationToken);

    /// <summary>Tests the connection against LinkedIn's certification points for tokens. The tests get new tokens.</summary>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public IAsyncEnumerable<ConnectionTestResult> TestAsync(IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        new TokenCertification(_options.AccessToken, _time).RunAsync(diagnostics, cancellationToken);

    /// <summary>Calls the read-only endpoints and compares each response with the expected one.</summary>
    /// <param name="crmInstanceId">The CRM instance for the validation endpoint; null to skip that endpoint.</param>
    /// <param name="contract">The contract for the analytics endpoint; null for the first contract of the member.</param>
    /// <param name="diagnostics">Receives diagnostic messages.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public IAsyncEnumerable<EndpointTestResult> TestEndpointsAsync(
        string? crmInstanceId,
        string? contract,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    ) => new EndpointTest(_pipeline, BaseUri).RunAsync(crmInstanceId, contract, diagnostics, cancellationToken);

    int IConnectionState.RemainingRequests => CandidateResumes.RemainingRequests;

    private ResumeClientOptions CreateResumeOptions() =>
        new()
        {
            RecordsPerMinute = _options.RecordsPerMinute,
            RequestsPerDay = _options.RequestsPerDay,
            Protocol = _options.ResumeProtocol,
            Retry = _options.Retry,
            Time = _time,
            FileSystem = _options.FileSystem,
            SharedQuota = CreateSharedQuota(),
        };

    /// <summary>Creates the quota that the processes of this machine share, if the application is known.</summary>
    private QuotaFile? CreateSharedQuota() =>
        _options.DataFolder is { } folder
        && (_options.ClientId ?? (_options.AccessToken as StaticTokenSource)?.Fingerprint) is { } application
            ? new QuotaFile(_options.FileSystem, folder, BaseUri.Authority, application, _time)
            : null;

    /// <summary>Closes the connection; requests in progress fail.</summary>
    public void Dispose()
    {
        ModuleMetrics.RemoveConnection(_number);
        _pipeline.Dispose();
        (_options.AccessToken as IDisposable)?.Dispose();
    }
}
