using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Tests.Telemetry;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>One run of a pipeline against a server whose responses are changed, with the violations it caused.</summary>
internal sealed class RobustnessFixture : IDisposable
{
    /// <summary>Short, so that the time of a step has a simple limit.</summary>
    internal static readonly RetryOptions Retry = new()
    {
        MaxRetries = 2,
        BaseDelay = TimeSpan.FromSeconds(1),
        MaxDelay = TimeSpan.FromSeconds(5),
        MaxServerDelay = TimeSpan.FromSeconds(20),
        RateLimitDelay = TimeSpan.FromSeconds(20),
        ResponseTimeout = TimeSpan.FromSeconds(10),
        IdleTimeout = TimeSpan.FromSeconds(5),
    };

    private readonly List<string> _violations = [];
    private readonly List<LinkedInClient> _clients = [];
    private readonly Scenario _scenario;
    private readonly PlantedSecrets _secrets = new();
    private readonly TraceRecorder _traces = new();

    internal RobustnessFixture(Scenario scenario, Func<TimeProvider, EmulatorOptions> options)
    {
        _scenario = scenario;
        Emulator = LinkedInEmulator.CreateInMemory(options(Time));
        Network = new MutatingHandler(Emulator, Time, _secrets, scenario.Changes);
    }

    internal SimulatedTimeProvider Time { get; } = new();

    internal LinkedInEmulator Emulator { get; }

    internal MutatingHandler Network { get; }

    internal TempFolder Folder { get; } = new();

    internal RecordingOutput Recorder { get; } = new();

    /// <summary>The violations, one line each.</summary>
    internal IReadOnlyList<string> Violations => _violations;

    /// <summary>Whether a changed response has a row count of zero, so that the job needs no file.</summary>
    internal bool ReportsNothingToExport => Network.HasReportedNoRows;

    /// <summary>Whether a change makes a body arrive so slowly that only the connection limits its time.</summary>
    private bool Trickles => _scenario.Changes.Any(change => change.Mutation is TrickleBody);

    internal LinkedInClient Connect(IAccessTokenSource? token = null)
    {
        var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = token ?? new StaticTokenSource(PlantedSecrets.AccessToken),
                Retry = Retry,
                Time = Time,
                Random = new ConstantRandom(0.5),
                HttpHandler = Network,
                FileSystem = NonFlushingFileSystem.Instance,
                Proxy = new ProxyOptions
                {
                    Address = new Uri("http://127.0.0.1:3128/"),
                    Credential = new System.Net.NetworkCredential("svc-account", PlantedSecrets.ProxyPassword),
                },
            }
        );
        _clients.Add(client);
        return client;
    }

    /// <summary>Runs work in simulated time to its end, on a thread outside the thread pool.</summary>
    internal void Run(Func<Task> work)
    {
        try
        {
            Time.RunAsync(work).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            AddViolation($"the run ended with {exception}");
        }

        if (Network.HasTooManyRequests)
            AddViolation("requests are repeated without an end");
        CheckMessages();
        CheckText("a trace", _traces.GetAllText());
        CheckAddresses();
        CheckFiles();
        CheckIncidents();
    }

    /// <summary>Runs one step of a command. It may fail with an error of the module.</summary>
    /// <param name="what">The name of the step, for reports.</param>
    /// <param name="atMost">The longest time that it may take.</param>
    /// <param name="work">The work.</param>
    internal async Task StepAsync(string what, TimeSpan atMost, Func<Task> work)
    {
        TimeSpan started = Time.Elapsed;
        try
        {
            await work();
        }
        catch (LinkedInException failure)
        {
            Recorder.Error(failure);
        }
        catch (Exception exception)
        {
            AddViolation($"{what}: {exception.GetType().FullName} escaped\n{exception}");
        }

        TimeSpan took = Time.Elapsed - started;
        if (took > atMost && !Trickles)
            AddViolation($"{what} took {took}, and no more than {atMost} is allowed");
    }

    /// <summary>Records a message of another part of the pipeline.</summary>
    internal void Repeat(string stream, object content)
    {
        if (stream == "Output")
            Recorder.Output(content);
        else
            RepeatWithoutOutput(stream, content);
    }

    /// <summary>Records a message unless it is a result, which is a row of a file.</summary>
    internal void RepeatWithoutOutput(string stream, object content)
    {
        switch (stream)
        {
            case "Error":
                Recorder.Error((LinkedInException)content);
                break;
            case "Progress":
                Recorder.Progress((ProgressUpdate)content);
                break;
            case "Output":
                break;
            default:
                Recorder.HasMessage(stream, (string)content);
                break;
        }
    }

    internal void AddViolation(string what)
    {
        lock (_violations)
            _violations.Add(what);
    }

    public void Dispose()
    {
        foreach (LinkedInClient client in _clients)
            client.Dispose();
        _traces.Dispose();
        Folder.Dispose();
    }

    private void CheckMessages()
    {
        foreach ((string stream, object content) in Recorder.All)
        {
            switch (content)
            {
                case LinkedInException error:
                    if (!Enum.IsDefined(error.Id) || error.Id == LinkedInErrorId.InternalError)
                        AddViolation($"an error has the id {error.Id}: {error}");
                    for (Exception? inner = error; inner is not null; inner = inner.InnerException)
                        CheckText("the message of an exception", inner.Message);
                    CheckSecrets("an exception", error.ToString());
                    CheckText("Code", error.Code);
                    CheckText("TraceId", error.TraceId);
                    CheckText("Target", error.Target);
                    break;
                case ProgressUpdate progress:
                    CheckText(
                        "progress",
                        $"{progress.Activity} {progress.Status} {progress.Step?.Activity} {progress.Step?.Status}"
                    );
                    break;
                case string text:
                    CheckText($"a {stream} message", text);
                    break;
                default:
                    foreach ((string path, string value) in DisplayedText.GetAll(content, content.GetType().Name, depth: 0))
                        CheckText(path, value);
                    break;
            }
        }
    }

    private void CheckText(string what, string? text)
    {
        if (text is null)
            return;
        CheckSecrets(what, text);
        if (DisplayedText.FindProblem(text) is { } problem)
            AddViolation($"{what} has {problem}: {DisplayedText.Shorten(text)}");
    }

    private void CheckSecrets(string what, string text, bool hasLinks = false)
    {
        if (_secrets.FindIn(text, hasLinks) is { } found)
            AddViolation($"{what} shows {found}: {DisplayedText.Shorten(text)}");
    }

    private void CheckAddresses()
    {
        foreach ((Uri address, bool hasToken) in Network.Addresses)
        {
            bool isLinkedIn =
                address.IdnHost == "linkedin.com"
                || address.IdnHost.EndsWith(".linkedin.com", StringComparison.OrdinalIgnoreCase);
            if (hasToken && (!isLinkedIn || address.Scheme != Uri.UriSchemeHttps || !address.IsDefaultPort))
                AddViolation($"the token was sent to {address.Scheme}://{address.Authority}");
            if (address.Scheme != Uri.UriSchemeHttps)
                AddViolation($"a request was sent to {address.Scheme}://{address.Authority}");
        }
    }

    /// <summary>No incident contains a secret. A normal run of the tests searches only some, because they are long.</summary>
    private void CheckIncidents()
    {
        const int sample = 8;
        if (!ExhaustiveTests.IsEnabled && _scenario.Changes.Sum(change => change.ToString().Length) % sample != 0)
            return;
        foreach (LinkedInClient client in _clients)
        {
            Incident incident = client.Incidents.Snapshot(new IncidentVersions("0.1.0", "7.6", "test"));
            CheckSecrets("the incident", Encoding.UTF8.GetString(IncidentFile.ToJson(incident)));
        }
    }

    /// <summary>
    /// No file contains a secret. Files with the rows of an export are what LinkedIn sent. A ledger contains the locations of
    /// resumes, which may have a signature, but no token.
    /// </summary>
    private void CheckFiles()
    {
        foreach (string file in Directory.GetFiles(Folder.Path, "*", SearchOption.AllDirectories))
        {
            string extension = Path.GetExtension(file);
            if (extension is not (".csv" or ".partial" or ".txt" or ".pdf"))
            {
                CheckSecrets(
                    $"the file {Path.GetFileName(file)}",
                    Encoding.Latin1.GetString(File.ReadAllBytes(file)),
                    hasLinks: extension == ".ledger"
                );
            }
        }
    }
}
