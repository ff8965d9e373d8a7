using LinkedInExports.Emulator.Analytics;
using LinkedInExports.Emulator.Behavior;
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

namespace LinkedInExports.Emulator;

/// <summary>
/// Emulates LinkedIn's export and resume endpoints and its OAuth host on 127.0.0.1, as strictly as LinkedIn. Several emulators
/// can run at the same time.
/// </summary>
public sealed class LinkedInEmulator : IAsyncDisposable
{
    private readonly EmulatorState _state;
    private readonly KestrelServer? _server;

    private LinkedInEmulator(EmulatorOptions options, bool listens)
    {
        _state = new EmulatorState(options);
        _server = listens ? KestrelServerFactory.Create(options.Port) : null;
    }

    /// <summary>The base address of the API, ending in <c>/v2/</c>.</summary>
    public Uri BaseUri { get; private set; } = new("http://127.0.0.1/v2/");

    /// <summary>The address of the token endpoint.</summary>
    public Uri TokenUri => new(BaseUri, OAuthHost.TokenPath);

    /// <summary>The initial bearer token, which does not expire.</summary>
    public string AccessToken => _state.Tokens.Current;

    /// <summary>The client id of the application.</summary>
    public string ClientId => _state.Application.Id;

    /// <summary>The client secret of the application.</summary>
    public string ClientSecret => _state.Application.Secret;

    /// <summary>The newest valid refresh token, or the newest token if none is valid.</summary>
    public string RefreshToken => _state.RefreshTokens.Newest;

    /// <summary>All access tokens that were issued, the oldest first.</summary>
    public IReadOnlyList<string> IssuedTokens => _state.Tokens.Issued;

    /// <summary>
    /// The current state of the newest <see cref="EmulatorOptions.LoggedRequests"/> requests, in the order of arrival.
    /// </summary>
    public IReadOnlyList<RecordedRequest> Requests => _state.Log.Snapshot();

    /// <summary>The pending faults.</summary>
    public FaultPlan Faults => _state.Faults;

    /// <summary>The pending faults of records in batches.</summary>
    public ResumeFaultPlan ResumeFaults => _state.ResumeFaults;

    /// <summary>The number of responses by HTTP status.</summary>
    public IReadOnlyDictionary<int, long> ResponseCounts => _state.Responses.Snapshot();

    /// <summary>
    /// A copy of all candidate resumes. To get one resume, <see cref="FindResume"/> is faster.
    /// </summary>
    public IEnumerable<EmulatedResume> Resumes =>
        _state.Resumes.Snapshot().Select(resume => new EmulatedResume(resume.Key, resume.Value));

    /// <summary>The number of candidate resumes.</summary>
    public int ResumeCount => _state.Resumes.Count;

    /// <summary>The number of records that were written, including repetitions.</summary>
    public long Upserts => _state.Resumes.Upserts;

    /// <summary>The number of resumes that were deleted.</summary>
    public long Deletes => _state.Resumes.Deletes;

    /// <summary>All uploaded files, including expired ones.</summary>
    public IEnumerable<EmulatedBlob> Blobs => _state.Blobs.Snapshot().Select(blob => new EmulatedBlob(blob));

    /// <summary>The number of uploaded files, including expired ones.</summary>
    public int BlobCount => _state.Blobs.Count;

    /// <summary>The usage of the candidate resume quotas.</summary>
    public QuotaUsage Quota => _state.Quota.Use;

    /// <summary>The behavior where the documentation is silent. Files of existing jobs do not change.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public EmulatorBehavior Behavior
    {
        get => _state.Options.Behavior;
        set => _state.Options.Replace(value);
    }

    /// <summary>Starts an emulator. It accepts requests when the task completes.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static Task<LinkedInEmulator> StartAsync(
        EmulatorOptions? options = null,
        CancellationToken cancellationToken = default
    ) => StartAsync(options ?? new EmulatorOptions(), served: null, cancellationToken);

    /// <summary>
    /// Creates an emulator without a port. Requests are sent with <see cref="CreateHandler"/> to LinkedIn's
    /// addresses.
    /// </summary>
    public static LinkedInEmulator CreateInMemory(EmulatorOptions? options = null)
    {
        options ??= new EmulatorOptions();
        options.Validate();
        var emulator = new LinkedInEmulator(options.Copy(), listens: false) { BaseUri = new Uri("https://api.linkedin.com/v2/") };
        if (emulator._state.Links.Template.Length == 0)
        {
            emulator._state.Links.Template =
                $"https://www.linkedin.com{DownloadEndpoint.Path}?{DownloadEndpoint.SignatureParameter}={{0}}";
        }

        return emulator;
    }

    /// <summary>
    /// Creates a handler that sends requests for any host to this emulator without a network. It supports all faults except
    /// those that rewrite a response.
    /// </summary>
    public HttpMessageHandler CreateHandler() =>
        new InMemoryHandler(
            RouterFactory.Create(_state, out DownloadEndpoint downloads),
            _state.Log,
            Faults,
            new FaultResponses(downloads, _state.Links, _state.Options.TimeProvider),
            new ResponseSender(_state.Options.TimeProvider),
            _state.Responses,
            _state.Options
        );

    /// <summary>Starts an emulator that reports each completed request and its duration.</summary>
    internal static async Task<LinkedInEmulator> StartAsync(
        EmulatorOptions options,
        Action<RecordedRequest, TimeSpan>? served,
        CancellationToken cancellationToken
    )
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
    /// Expires all download and upload links, so that they return 401. The next status request returns new
    /// links.
    /// </summary>
    public void ExpireLinks()
    {
        _state.Links.ExpireAll();
        _state.UploadLinks.ExpireAll();
    }

    /// <summary>Gets the resume with this key, or <c>null</c>.</summary>
    public EmulatedResume? FindResume(string candidateId, string resumeId, string integrationContext)
    {
        var key = new EmulatedResumeKey(candidateId, resumeId, integrationContext, EmulatedResumeKey.Partner);
        return _state.Resumes.Find(key) is { } resume ? new(key, resume) : null;
    }

    /// <summary>Adds a file to the blob store, as if it had been uploaded.</summary>
    /// <param name="location">The location, with a leading slash. An existing file is replaced.</param>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="fileName">The name of the uploaded file.</param>
    public EmulatedBlob AddBlob(string location, byte[] bytes, string fileName)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var order = new UploadLinkRequest(UploadLinkRequest.ContentTypes[0], default);
        return new(
            _state.Blobs.Add(location, BodyDigest.Compute(bytes, _state.Options.KeepUploads), fileName, order, sentType: null)
        );
    }

    /// <summary>Resets the quotas and their counts.</summary>
    public void ResetQuota() => _state.Quota.Reset();

    /// <summary>
    /// Revokes all access tokens, including <see cref="AccessToken"/>. Refresh tokens and tokens that are issued later are
    /// valid.
    /// </summary>
    public void RevokeTokens() => _state.Tokens.RevokeAll();

    /// <summary>Gets the rows of all files of a validation job in order.</summary>
    /// <exception cref="ArgumentException">The job does not exist.</exception>
    public IEnumerable<ValidationRow> GetRows(long jobId) => GetValidationJob(jobId).Files.SelectMany(file => file.GetAllRows());

    /// <summary>Gets the rows of an activity job's file in order.</summary>
    /// <exception cref="ArgumentException">The job does not exist or has another export type.</exception>
    public IEnumerable<ActivityRow> GetActivities(long jobId)
    {
        if (_state.AnalyticsJobs.Find(jobId) is not { Export: EmulatedExportType.Activity } job)
            throw new ArgumentException($"Activity job {jobId} does not exist.", nameof(jobId));
        return new ActivityTimeline(job.Request.Contract, _state.Options).GetRows(job.File.Rows);
    }

    /// <summary>Gets the activities of a contract in a closed range, regardless of jobs.</summary>
    public IEnumerable<ActivityRow> GetActivities(long contract, DateTimeOffset start, DateTimeOffset end)
    {
        var timeline = new ActivityTimeline(contract, _state.Options);
        RowRange range = timeline.GetRange(start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds());

        // The range is in milliseconds, so the start may have been rounded down to before an activity.
        return timeline.GetRows(range).SkipWhile(row => row.CreatedAt < start);
    }

    /// <summary>
    /// Gets the content of a file, with parts counted from 1. For files that fit in memory. If a validation job and an analytics
    /// job have the same id, the validation job is used.
    /// </summary>
    /// <exception cref="ArgumentException">The job or part does not exist.</exception>
    public byte[] GetFileBytes(long jobId, int part = 1)
    {
        IReadOnlyList<IBody> files =
            _state.ValidationJobs.Find(jobId) is null && _state.AnalyticsJobs.Find(jobId) is { } analytics
                ? [analytics.File]
                : GetValidationJob(jobId).Files;
        ArgumentOutOfRangeException.ThrowIfLessThan(part, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, files.Count);
        return files[part - 1].ToArray();
    }

    /// <summary>Stops the emulator and resets open connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private ValidationJob GetValidationJob(long jobId) =>
        _state.ValidationJobs.Find(jobId) ?? throw new ArgumentException($"Job {jobId} does not exist.", nameof(jobId));

    private EmulatorApplication CreateApplication(Action<RecordedRequest, TimeSpan>? served)
    {
        Router router = RouterFactory.Create(_state, out DownloadEndpoint downloads);
        var sender = new ResponseSender(_state.Options.TimeProvider);
        return new EmulatorApplication(
            router,
            new ControlApi(
                _state.Log,
                Faults,
                ExpireLinks,
                GetSummaries,
                _state.Tokens,
                new ResumeControl(this, _state.Options),
                new BehaviorControl(this),
                _state.Conformance is { } monitor ? new ConformanceControl(monitor) : null
            ),
            _state.Log,
            Faults,
            new FaultResponses(downloads, _state.Links, _state.Options.TimeProvider),
            sender,
            new RawSender(sender, _state.Links),
            _state.Responses,
            _state.Options,
            _state.Conformance,
            served
        );
    }

    private IEnumerable<JobSummary> GetSummaries() =>
        [.. _state.ValidationJobs.All.Select(job => job.Summary), .. _state.AnalyticsJobs.All.Select(job => job.Summary)];

    private void SetAddress()
    {
        string address = _server!.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        BaseUri = new Uri($"{address}/v2/");
        if (_state.Links.Template.Length == 0)
            _state.Links.Template = $"{address}{DownloadEndpoint.Path}?{DownloadEndpoint.SignatureParameter}={{0}}";
    }
}
