using System.Globalization;
using System.Text;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Checkpoints;
using LinkedInExports.Core.Tests.Resumes;
using LinkedInExports.Core.Tests.Robustness;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Replay;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Incidents;

/// <summary>
/// The incident of a run with any faults has no value of the run, and its replay ends with the same errors after the same
/// requests.
/// </summary>
[Collection(nameof(Alone))]
public sealed class IncidentReplayTests(ITestOutputHelper output)
{
    private const string Contract = "urn:li:contract:70017001";
    private const string Organization = "urn:li:organization:81238123";
    private static readonly DateTimeOffset Start = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Replay_ExportWithAnyFaults_HasSameErrorsAndRequests() =>
        Compare(ExhaustiveTests.GetRunCount(sample: 40, full: 1000), ExportAsync);

    [Fact]
    public void Replay_SyncWithAnyFaults_HasSameErrorsAndRequests() =>
        Compare(ExhaustiveTests.GetRunCount(sample: 10, full: 1000), SyncAsync);

    private void Compare(int runs, Func<ReplayRun, FaultSchedule, Task<string[]>> command)
    {
        var differences = new List<string>();
        int failed = 0;
        for (int seed = 1; seed <= runs; seed++)
        {
            Outcome recorded = Record(seed, command, out byte[] incident);
            Outcome replayed = Replay(seed, command, incident, out IncidentReplay replay);
            failed += recorded.Results.Length > 0 ? 1 : 0;
            if (!recorded.Equals(replayed))
            {
                differences.Add(
                    $"Seed {seed}:\n  recorded {recorded}\n  replayed {replayed}\n  unmatched: "
                        + string.Join(", ", replay.UnmatchedRequests)
                );
            }
        }

        output.WriteLine($"{runs - differences.Count} of {runs} schedules replay; {failed} have errors or results.");
        foreach (string difference in differences)
            output.WriteLine(difference);
        Assert.Empty(differences);
        Assert.InRange(failed, runs / 10, runs);
    }

    private static Outcome Record(int seed, Func<ReplayRun, FaultSchedule, Task<string[]>> command, out byte[] incident)
    {
        var time = new SimulatedTimeProvider();
        var schedule = new FaultSchedule(seed, time);
        var emulator = LinkedInEmulator.CreateInMemory(schedule.Options);
        foreach (Fault fault in schedule.Faults)
            emulator.Faults.Add(fault);
        using var run = new ReplayRun(emulator.CreateHandler(), time, emulator.AccessToken);
        Outcome outcome = Run(run, schedule, command);
        incident = run.CreateIncident();
        AssertNoValue(Encoding.UTF8.GetString(incident), emulator, run);
        return outcome;
    }

    private static Outcome Replay(
        int seed,
        Func<ReplayRun, FaultSchedule, Task<string[]>> command,
        byte[] incident,
        out IncidentReplay replay
    )
    {
        var time = new SimulatedTimeProvider();
        replay = IncidentReplay.CreateInMemory(incident, time);
        using var run = new ReplayRun(replay.CreateHandler(), time);
        return Run(run, new FaultSchedule(seed, time), command);
    }

    private static Outcome Run(ReplayRun run, FaultSchedule schedule, Func<ReplayRun, FaultSchedule, Task<string[]>> command)
    {
        string[] results = [];
        run.Time.RunAsync(async () => results = await command(run, schedule)).GetAwaiter().GetResult();
        return new Outcome(results, [.. run.Requests]);
    }

    private static async Task<string[]> ExportAsync(ReplayRun run, FaultSchedule schedule)
    {
        var daily = new DailyExportFixture(run.Client, run.Folder.Path);
        await (
            schedule.IsAnalytics
                ? daily.AnalyticsAsync(ExportType.Activity, Contract, Start, Start.AddDays(100))
                : daily.CrmAsync(EmulatorFixture.Start)
        );
        return [.. daily.Recorder.Errors.Select(error => error.Id.ToString())];
    }

    private static async Task<string[]> SyncAsync(ReplayRun run, FaultSchedule schedule)
    {
        var recorder = new RecordingOutput();
        try
        {
            using ResumeSync sync = run.Client.CandidateResumes.CreateSync(
                new ResumeSyncOptions
                {
                    IntegrationContext = OrganizationUrn.Parse(Organization),
                    Contract = RecruiterContractUrn.Parse(Contract),
                    LedgerPath = run.Folder.File("ledger"),
                    ThrottleLimit = 1,
                }
            );
            for (int number = 1; number <= 3; number++)
            {
                string path = run.Folder.Write($"Planted Person {number}.txt", $"resume of Planted Person {number}");
                sync.Add(ResumeSyncFixture.Input($"Planted.Candidate-{number}", path));
            }

            await sync.SyncAsync(recorder, CancellationToken.None).RecordAsync(recorder);
        }
        catch (LinkedInException failure)
        {
            recorder.Error(failure);
        }

        return
        [
            .. recorder.Errors.Select(error => error.Id.ToString()),
            .. recorder
                .Outputs.OfType<ResumeSyncResult>()
                .Select(result => $"{result.CandidateId} {result.Outcome} {result.ReasonId} {result.StatusCode}"),
        ];
    }

    /// <summary>The incident has no token, id, link or value of a file that is too long to occur by chance.</summary>
    private static void AssertNoValue(string incident, LinkedInEmulator emulator, ReplayRun run)
    {
        const int minLength = 8;
        var values = new HashSet<string>(StringComparer.Ordinal)
        {
            emulator.AccessToken,
            "70017001",
            "81238123",
            "0b7c1f52-1111-4222-8333-944455556666",
            "Planted",
            run.Folder.Path,
        };
        values.UnionWith(
            emulator
                .Requests.Select(request => request.RawTarget)
                .Where(target => target.Contains("x-li-ambry-ep=", StringComparison.Ordinal))
                .Select(target => target.Split('=')[1].Split('&')[0])
        );
        if (Directory.Exists(run.Folder.File("out")))
        {
            foreach (string file in Directory.GetFiles(run.Folder.File("out"), "*.csv"))
                values.UnionWith(File.ReadAllLines(file).Skip(1).SelectMany(row => row.Split(',', '"')));
        }

        foreach (string value in values.Where(value => value == "Planted" || (value.Length >= minLength && !IsWord(value))))
            Assert.DoesNotContain(value, incident, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a value is only an enumeration value, which the documentation lists.</summary>
    private static bool IsWord(string value) => value.All(character => char.IsAsciiLetterUpper(character) || character == '_');

    /// <summary>The errors or results of a command, and its requests.</summary>
    private sealed record Outcome(string[] Results, string[] Requests)
    {
        public bool Equals(Outcome? other) =>
            other is not null && Results.SequenceEqual(other.Results) && Requests.SequenceEqual(other.Requests);

        public override int GetHashCode() => Requests.Length;

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", Results)} after {Requests.Length} requests: {string.Join("; ", Requests)}"
            );
    }
}
