using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Threading;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>An emulator, a client that is connected to it by sockets, a folder, and the recorded output.</summary>
internal sealed class EmulatorFixture : IAsyncDisposable
{
    internal const string Crm = "urn:li:crmInstance:(DYNAMICS,0b7c1f52-1111-4222-8333-944455556666)";

    internal static readonly CrmInstanceUrn CrmInstance = CrmInstanceUrn.Parse(Crm);
    internal static readonly DateTimeOffset Start = new(2018, 8, 9, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A period so short that each validation job has all files and rows of the options.</summary>
    internal static readonly TimeSpan AllRows = TimeSpan.FromMilliseconds(1);

    /// <summary>The default retries, a thousand times as fast.</summary>
    internal static readonly RetryOptions FastRetry = new()
    {
        BaseDelay = TimeSpan.FromMilliseconds(1),
        MaxDelay = TimeSpan.FromMilliseconds(5),
        MaxServerDelay = TimeSpan.FromMilliseconds(20),
        LinkPollDelay = TimeSpan.FromMilliseconds(1),
        LinkTimeout = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>The same, with a short timeout for downloads that stall.</summary>
    internal static readonly RetryOptions ShortIdleTimeout = FastRetry with { IdleTimeout = TimeSpan.FromMilliseconds(250) };

    /// <summary>The same, for servers that do not answer in time.</summary>
    internal static readonly RetryOptions ShortResponseTimeout = FastRetry with
    {
        ResponseTimeout = TimeSpan.FromMilliseconds(200),
    };

    private EmulatorFixture(LinkedInEmulator emulator, LinkedInClient client)
    {
        Emulator = emulator;
        Client = client;
    }

    internal LinkedInEmulator Emulator { get; }

    internal LinkedInClient Client { get; }

    internal RecordingOutput Recorder { get; } = new();

    internal TempFolder Folder { get; } = new();

    internal static async Task<EmulatorFixture> StartAsync(
        EmulatorOptions? options = null,
        RetryOptions? retry = null,
        TimeProvider? time = null
    )
    {
        LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(
            options ?? new EmulatorOptions { ProcessingTime = TimeSpan.Zero, RowsPerPart = 5 }
        );
        return new EmulatorFixture(emulator, Connect(emulator, retry, time));
    }

    /// <summary>Creates a separate client, like that of another process.</summary>
    internal static LinkedInClient Connect(
        LinkedInEmulator emulator,
        RetryOptions? retry = null,
        TimeProvider? time = null,
        FileSystem? files = null,
        HttpMessageHandler? network = null,
        string? dataFolder = null
    ) =>
        new(
            new LinkedInClientOptions
            {
                BaseUri = emulator.BaseUri,
                AccessToken = new StaticTokenSource(emulator.AccessToken),
                Retry = retry ?? FastRetry,
                Time = time ?? TimeProvider.System,
                FileSystem = files ?? FileSystem.Real,
                HttpHandler = network,
                DataFolder = dataFolder,
            }
        );

    internal Task<CrmValidationExportJob> CreateAsync() =>
        Client.CrmValidation.CreateAsync(CrmInstance, Start, Recorder, CancellationToken.None);

    internal async Task<ExportJob> CreateAndWaitAsync()
    {
        CrmValidationExportJob job = await CreateAsync();
        ExportWaiter waiter = Client.CreateWaiter(new WaitOptions { PollInterval = TimeSpan.FromMilliseconds(1) });
        await waiter
            .WaitAsync(new ExportJob[] { job }.AsAsyncEnumerable(), Recorder, CancellationToken.None)
            .RecordAsync(Recorder);
        return Recorder.Outputs.OfType<ExportJob>().Single();
    }

    internal Task<SavedExportFile[]> SaveAsync(
        ExportJob job,
        bool force = false,
        int throttle = 4,
        CancellationToken cancellationToken = default
    ) =>
        SaveAsync(
            job,
            new SaveOptions
            {
                Destination = Folder.File("out"),
                Force = force,
                ThrottleLimit = throttle,
            },
            cancellationToken
        );

    internal async Task<SavedExportFile[]> SaveAsync(
        ExportJob job,
        SaveOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ExportSaver saver = Client.CreateSaver(options);
        return [.. await saver.SaveAsync(new[] { job }.AsAsyncEnumerable(), Recorder, cancellationToken).ReadAllAsync()];
    }

    /// <summary>The names of the files in the destination.</summary>
    internal string[] SavedFiles =>
        Directory.Exists(Folder.File("out"))
            ? [.. Directory.GetFiles(Folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!]
            : [];

    internal int Downloads =>
        Emulator.Requests.Count(request => request.RawTarget.StartsWith("/ambry/", StringComparison.Ordinal));

    internal void AssertNoSecret(ExportJob job)
    {
        string everything = Recorder.GetAllText();
        Assert.DoesNotContain(Emulator.AccessToken, everything, StringComparison.Ordinal);
        Assert.All(
            job.DownloadUrls,
            url => Assert.DoesNotContain(url.GetUri().Query.Split('=')[1], everything, StringComparison.Ordinal)
        );
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Emulator.DisposeAsync();
        Folder.Dispose();
    }
}
