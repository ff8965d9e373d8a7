using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>An emulator, a ledger, resume files, and the recorded output.</summary>
internal sealed class ResumeSyncFixture : IAsyncDisposable
{
    internal const string Organization = "urn:li:organization:1234567890";
    internal const string Contract = "urn:li:contract:123456";
    internal const long CreatedAt = 1670935153000;

    /// <summary>The default retries, a thousand times as fast.</summary>
    internal static readonly RetryOptions FastRetry = EmulatorFixture.FastRetry with
    {
        RateLimitDelay = TimeSpan.FromMilliseconds(20),
    };

    private readonly List<LinkedInClient> _clients = [];

    private ResumeSyncFixture(LinkedInEmulator emulator) => Emulator = emulator;

    internal LinkedInEmulator Emulator { get; }

    internal TempFolder Folder { get; } = new();

    internal RecordingOutput Recorder { get; private set; } = new();

    /// <summary>Clears the recorded output.</summary>
    internal void StartOver() => Recorder = new RecordingOutput();

    internal string Ledger => Folder.File("ledger");

    /// <summary>The default client.</summary>
    internal LinkedInClient Client => field ??= Connect();

    internal static async Task<ResumeSyncFixture> StartAsync(EmulatorOptions? options = null) =>
        new(await LinkedInEmulator.StartAsync(options ?? new EmulatorOptions { KeepUploads = true }));

    /// <summary>Creates a separate client, like that of another process.</summary>
    internal LinkedInClient Connect(
        RetryOptions? retry = null,
        TimeProvider? time = null,
        FileSystem? files = null,
        HttpMessageHandler? network = null,
        int recordsPerMinute = 10_000,
        int requestsPerDay = 100_000,
        RestLiProtocol protocol = RestLiProtocol.V1,
        IAccessTokenSource? token = null
    )
    {
        var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                BaseUri = Emulator.BaseUri,
                AccessToken = token ?? new StaticTokenSource(Emulator.AccessToken),
                Retry = retry ?? FastRetry,
                Time = time ?? TimeProvider.System,
                FileSystem = files ?? FileSystem.Real,
                HttpHandler = network,
                RecordsPerMinute = recordsPerMinute,
                RequestsPerDay = requestsPerDay,
                ResumeProtocol = protocol,
            }
        );
        _clients.Add(client);
        return client;
    }

    /// <summary>Writes a resume file with unique content.</summary>
    internal string Write(string name, string? text = null) =>
        name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)
            ? Folder.Write(name, "%PDF-1.7\n" + (text ?? name))
            : Folder.Write(name, text ?? name);

    /// <summary>Records C-1, C-2, … with a file each.</summary>
    internal ResumeInput[] Inputs(int count, string text = "") =>
        [.. Enumerable.Range(1, count).Select(number => Input($"C-{number}", Write($"{number}.txt", $"resume {number}{text}")))];

    internal static ResumeInput Input(string id, string path, long createdAt = CreatedAt) =>
        new()
        {
            CandidateId = id,
            ResumeId = "R" + id,
            CreatedAt = createdAt,
            Path = path,
        };

    internal static ResumeInput Uploaded(string id, string resumeFile, long createdAt = CreatedAt) =>
        new()
        {
            CandidateId = id,
            ResumeId = "R" + id,
            CreatedAt = createdAt,
            ResumeFile = resumeFile,
        };

    /// <summary>Adds a file that is already at LinkedIn.</summary>
    internal string AddBlob(string location = "/AAYexample.txt") =>
        Emulator.AddBlob(location, Encoding.UTF8.GetBytes(location), "example.txt").Urn;

    /// <summary>Syncs and returns the results in the order of the input. <see cref="Recorder"/> has the messages.</summary>
    internal async Task<ResumeSyncResult[]> SyncAsync(
        IEnumerable<ResumeInput> inputs,
        ResumeSyncOptions? options = null,
        LinkedInClient? client = null,
        CancellationToken cancellationToken = default
    )
    {
        Recorder = new RecordingOutput();
        ResumeInput[] all = [.. inputs];
        using ResumeSync sync = (client ?? Client).CandidateResumes.CreateSync(options ?? Options());
        foreach (ResumeInput input in all)
            sync.Add(input);
        await sync.SyncAsync(Recorder, cancellationToken).RecordAsync(Recorder);
        return Results(all);
    }

    internal async Task<UploadedResume[]> UploadAsync(
        IEnumerable<string> paths,
        LinkedInClient? client = null,
        RetentionPeriod? retainFor = null,
        int throttle = 1
    )
    {
        StartOver();
        ResumeUploader uploader = (client ?? Client).CandidateResumes.CreateUploader(
            RecruiterContractUrn.Parse(Contract),
            retainFor,
            throttle
        );
        var input = new InputBuffer<string>();
        foreach (string path in paths)
            input.Add(path);
        input.CompleteAdding();
        await uploader.UploadAsync(input.ReadAllAsync(), Recorder, CancellationToken.None).RecordAsync(Recorder);
        return [.. Recorder.Outputs.Cast<UploadedResume>()];
    }

    internal async Task<ResumeSyncResult[]> RemoveAsync(
        IReadOnlyList<ResumeKey> keys,
        LinkedInClient? client = null,
        bool hasLedger = true
    )
    {
        Recorder = new RecordingOutput();
        await (client ?? Client)
            .CandidateResumes.RemoveAsync(keys, hasLedger ? Ledger : null, Recorder, CancellationToken.None)
            .RecordAsync(Recorder);
        return [.. Recorder.Outputs.Cast<ResumeSyncResult>()];
    }

    internal ResumeSyncOptions Options(
        int batchSize = 100,
        int throttle = 8,
        bool waits = false,
        RetentionPeriod? retainFor = null,
        string? ledger = null,
        string organization = Organization
    ) =>
        new()
        {
            IntegrationContext = OrganizationUrn.Parse(organization),
            Contract = RecruiterContractUrn.Parse(Contract),
            LedgerPath = ledger ?? Ledger,
            BatchSize = batchSize,
            ThrottleLimit = throttle,
            WaitForQuota = waits,
            RetainFor = retainFor,
        };

    internal static ResumeKey Key(string candidate, string? resume = null) =>
        new(Organization, candidate, resume ?? "R" + candidate);

    internal CandidateResumeSync Status(DateTimeOffset? now = null) =>
        CandidateResumeClient.ReadLedger(Ledger, now ?? DateTimeOffset.UtcNow);

    internal RecordedRequest[] RequestsTo(string path) =>
        [.. Emulator.Requests.Where(request => request.RawTarget.StartsWith(path, StringComparison.Ordinal))];

    internal RecordedRequest[] Links => RequestsTo("/v2/hireMediaUrl");

    internal RecordedRequest[] Uploads => RequestsTo("/ambry/");

    internal RecordedRequest[] Batches => RequestsTo("/v2/tcrmCandidateResumes");

    public async ValueTask DisposeAsync()
    {
        foreach (LinkedInClient client in _clients)
            client.Dispose();
        await Emulator.DisposeAsync();
        Folder.Dispose();
    }

    private ResumeSyncResult[] Results(ResumeInput[] inputs)
    {
        // Stable: several results with one key keep their order.
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int index = inputs.Length - 1; index >= 0; index--)
            order[inputs[index].CandidateId + "\n" + inputs[index].ResumeId] = index;
        return
        [
            .. Recorder.Outputs.Cast<ResumeSyncResult>().OrderBy(result => order[result.CandidateId + "\n" + result.ResumeId]),
        ];
    }
}
