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
/// LinkedIn's export and resume endpoints and its OAuth host on 127.0.0.1, as strict as the real ones. Any number can run
/// side by side.
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

    /// <summary>Base address of the API, ending in <c>/v2/</c>.</summary>
    public Uri BaseUri { get; private set; } = new("http://127.0.0.1/v2/");

    /// <summary>Where tokens are asked for.</summary>
    public Uri TokenUri => new(BaseUri, OAuthHost.TokenPath);

    /// <summary>Where a browser is sent for an authorization code.</summary>
    public Uri AuthorizationUri => new(BaseUri, OAuthHost.AuthorizationPath);

    /// <summary>The bearer token that is accepted from the start on; it does not expire.</summary>
    public string AccessToken => _state.Tokens.Current;

    /// <summary>The id of the application that may ask for tokens.</summary>
    public string ClientId => _state.Application.Id;

    /// <summary>The secret of that application.</summary>
    public string ClientSecret => _state.Application.Secret;

    /// <summary>The newest refresh token that is valid; if none is any more, the newest of all.</summary>
    public string RefreshToken => _state.RefreshTokens.Newest;

    /// <summary>The access tokens that were issued so far, the oldest first, whatever became of them.</summary>
    public IReadOnlyList<string> IssuedTokens => _state.Tokens.Issued;

    /// <summary>
    /// The requests so far, or the newest <see cref="EmulatorOptions.LoggedRequests"/> of them, in the order of arrival, each as
    /// it stands at this moment.
    /// </summary>
    public IReadOnlyList<RecordedRequest> Requests => _state.Log.Snapshot();

    /// <summary>The faults to come.</summary>
    public FaultPlan Faults => _state.Faults;

    /// <summary>The faults to come for single records of batches.</summary>
    public ResumeFaultPlan ResumeFaults => _state.ResumeFaults;

    /// <summary>How often each HTTP status was answered so far.</summary>
    public IReadOnlyDictionary<int, long> ResponseCounts => _state.Responses.Snapshot();

    /// <summary>
    /// All candidate resumes as they stand; a copy of the list, so <see cref="FindResume"/> is cheaper for one.
    /// </summary>
    public IEnumerable<EmulatedResume> Resumes =>
        _state.Resumes.Snapshot().Select(resume => new EmulatedResume(resume.Key, resume.Value));

    /// <summary>Number of candidate resumes.</summary>
    public int ResumeCount => _state.Resumes.Count;

    /// <summary>Number of records that were written so far, those included that were written again.</summary>
    public long Upserts => _state.Resumes.Upserts;

    /// <summary>Number of resumes that were deleted so far.</summary>
    public long Deletes => _state.Resumes.Deletes;

    /// <summary>All files that were uploaded so far, those included whose time is over.</summary>
    public IEnumerable<EmulatedBlob> Blobs => _state.Blobs.Snapshot().Select(blob => new EmulatedBlob(blob));

    /// <summary>Number of those files.</summary>
    public int BlobCount => _state.Blobs.Count;

    /// <summary>What was used of the quotas for candidate resumes.</summary>
    public QuotaUsage Quota => _state.Quota.Use;

    /// <summary>How it behaves where the documentation says nothing. Files of jobs that exist stay as they are.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public EmulatorBehavior Behavior
    {
        get => _state.Options.Behavior;
        set => _state.Options.Replace(value);
    }

    /// <summary>Starts an emulator; it serves requests when the task is done.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<LinkedInEmulator> StartAsync(
        EmulatorOptions? options = null,
        CancellationToken cancellationToken = default
    ) => StartAsync(options ?? new EmulatorOptions(), served: null, cancellationToken);

    /// <summary>
    /// Creates an emulator that listens on no port: requests reach it through <see cref="CreateHandler"/>, at the addresses that
    /// LinkedIn has.
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
    /// A handler that takes requests to this emulator without a network, whatever host they are for. Of the faults, those apply
    /// that replace an answer.
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

    /// <summary>As above, telling of each request when it is over and how long it took.</summary>
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
    /// Every link handed out so far, for downloads and for uploads, is 401 from now on; the next status request brings new
    /// ones.
    /// </summary>
    public void ExpireLinks()
    {
        _state.Links.ExpireAll();
        _state.UploadLinks.ExpireAll();
    }

    /// <summary>The resume with this key, or <c>null</c>.</summary>
    public EmulatedResume? FindResume(string candidateId, string resumeId, string integrationContext)
    {
        var key = new EmulatedResumeKey(candidateId, resumeId, integrationContext, EmulatedResumeKey.Partner);
        return _state.Resumes.Find(key) is { } resume ? new(key, resume) : null;
    }

    /// <summary>Puts a file into the blob store, as if it had been uploaded.</summary>
    /// <param name="location">Where, with a leading slash; what was there is replaced.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="fileName">The name of its upload.</param>
    public EmulatedBlob AddBlob(string location, byte[] bytes, string fileName)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var order = new UploadLinkRequest(UploadLinkRequest.ContentTypes[0], default);
        return new(
            _state.Blobs.Add(location, BodyDigest.Compute(bytes, _state.Options.KeepUploads), fileName, order, sentType: null)
        );
    }

    /// <summary>The quotas are as fresh as at the start, and what was counted for them is forgotten.</summary>
    public void ResetQuota() => _state.Quota.Reset();

    /// <summary>
    /// Every access token so far, <see cref="AccessToken"/> included, is revoked. Refresh tokens stay valid, and so do
    /// tokens that are issued from now on.
    /// </summary>
    public void RevokeTokens() => _state.Tokens.RevokeAll();

    /// <summary>The rows of all files of a validation job in their order.</summary>
    /// <exception cref="ArgumentException">There is no such job.</exception>
    public IEnumerable<ValidationRow> GetRows(long jobId) => GetValidationJob(jobId).Files.SelectMany(file => file.GetAllRows());

    /// <summary>The rows of the file of an activity job in their order.</summary>
    /// <exception cref="ArgumentException">There is no such job, or it exports something else.</exception>
    public IEnumerable<ActivityRow> GetActivities(long jobId)
    {
        if (_state.AnalyticsJobs.Find(jobId) is not { Export: EmulatedExportType.Activity } job)
            throw new ArgumentException($"There is no activity job {jobId}.", nameof(jobId));
        return new ActivityTimeline(job.Request.Contract, _state.Options).GetRows(job.File.Rows);
    }

    /// <summary>All activities of a contract in a closed range, whether or not a job exports them.</summary>
    public IEnumerable<ActivityRow> GetActivities(long contract, DateTimeOffset start, DateTimeOffset end)
    {
        var timeline = new ActivityTimeline(contract, _state.Options);
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
        IReadOnlyList<IBody> files =
            _state.ValidationJobs.Find(jobId) is null && _state.AnalyticsJobs.Find(jobId) is { } analytics
                ? [analytics.File]
                : GetValidationJob(jobId).Files;
        ArgumentOutOfRangeException.ThrowIfLessThan(part, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, files.Count);
        return files[part - 1].ToArray();
    }

    /// <summary>Stops at once: connections that are still open are reset.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private ValidationJob GetValidationJob(long jobId) =>
        _state.ValidationJobs.Find(jobId) ?? throw new ArgumentException($"There is no job {jobId}.", nameof(jobId));

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
                new BehaviorControl(this)
            ),
            _state.Log,
            Faults,
            new FaultResponses(downloads, _state.Links, _state.Options.TimeProvider),
            sender,
            new RawSender(sender, _state.Links),
            _state.Responses,
            _state.Options,
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
