using System.Globalization;
using System.Text;
using LinkedInExports.Core.Tests.Checkpoints;
using LinkedInExports.Core.Tests.Robustness;
using LinkedInExports.Core.Tests.Support;
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
    private static readonly DateTimeOffset Start = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Replay_AnyFaultSchedule_HasSameErrorsAndRequests()
    {
        int runs = ExhaustiveTests.GetRunCount(sample: 40, full: 1000);
        var differences = new List<string>();
        int failed = 0;
        for (int seed = 1; seed <= runs; seed++)
        {
            Outcome recorded = Record(seed, out byte[] incident);
            Outcome replayed = Replay(seed, incident, out IncidentReplay replay);
            failed += recorded.Errors.Length > 0 ? 1 : 0;
            if (!recorded.Equals(replayed))
            {
                differences.Add(
                    $"Seed {seed}:\n  recorded {recorded}\n  replayed {replayed}\n  unmatched: "
                        + string.Join(", ", replay.UnmatchedRequests)
                );
            }
        }

        output.WriteLine($"{runs} schedules, {failed} with errors, {differences.Count} differ.");
        foreach (string difference in differences)
            output.WriteLine(difference);
        Assert.InRange(differences.Count, 0, runs / 100);
        Assert.InRange(failed, runs / 10, runs);
    }

    private static Outcome Record(int seed, out byte[] incident)
    {
        var time = new SimulatedTimeProvider();
        var schedule = new FaultSchedule(seed, time);
        var emulator = LinkedInEmulator.CreateInMemory(schedule.Options);
        foreach (Fault fault in schedule.Faults)
            emulator.Faults.Add(fault);
        using var run = new ReplayRun(emulator.CreateHandler(), time, emulator.AccessToken);
        Outcome outcome = Run(run, schedule);
        incident = run.CreateIncident();
        AssertNoValue(Encoding.UTF8.GetString(incident), emulator, run);
        return outcome;
    }

    private static Outcome Replay(int seed, byte[] incident, out IncidentReplay replay)
    {
        var time = new SimulatedTimeProvider();
        replay = IncidentReplay.CreateInMemory(incident, time);
        using var run = new ReplayRun(replay.CreateHandler(), time);
        return Run(run, new FaultSchedule(seed, time));
    }

    private static Outcome Run(ReplayRun run, FaultSchedule schedule)
    {
        var daily = new DailyExportFixture(run.Client, run.Folder.Path);
        run.Time.RunAsync(() =>
                schedule.IsAnalytics
                    ? daily.AnalyticsAsync(ExportType.Activity, Contract, Start, Start.AddDays(100))
                    : daily.CrmAsync(EmulatorFixture.Start)
            )
            .GetAwaiter()
            .GetResult();
        return new Outcome([.. daily.Recorder.Errors.Select(error => error.Id)], [.. run.Requests]);
    }

    /// <summary>The incident has no token, id, link or value of a file that is too long to occur by chance.</summary>
    private static void AssertNoValue(string incident, LinkedInEmulator emulator, ReplayRun run)
    {
        const int minLength = 8;
        var values = new HashSet<string>(StringComparer.Ordinal)
        {
            emulator.AccessToken,
            "70017001",
            "0b7c1f52-1111-4222-8333-944455556666",
            run.Folder.Path,
        };
        foreach (
            RecordedRequestTarget target in emulator.Requests.Select(request => new RecordedRequestTarget(request.RawTarget))
        )
            values.UnionWith(target.Signatures);
        if (Directory.Exists(Path.Combine(run.Folder.Path, "out")))
        {
            foreach (string file in Directory.GetFiles(Path.Combine(run.Folder.Path, "out"), "*.csv"))
                values.UnionWith(File.ReadAllLines(file).Skip(1).SelectMany(row => row.Split(',', '"')));
        }

        foreach (string value in values.Where(value => value.Length >= minLength && !IsWord(value)))
            Assert.DoesNotContain(value, incident, StringComparison.Ordinal);
    }

    /// <summary>Whether a value is only an enumeration value, which the documentation lists.</summary>
    private static bool IsWord(string value) => value.All(character => char.IsAsciiLetterUpper(character) || character == '_');

    private sealed class RecordedRequestTarget(string target)
    {
        internal IEnumerable<string> Signatures =>
            target.Contains("x-li-ambry-ep=", StringComparison.Ordinal) ? [target.Split('=')[1].Split('&')[0]] : [];
    }

    private sealed record Outcome(LinkedInErrorId[] Errors, string[] Requests)
    {
        public bool Equals(Outcome? other) =>
            other is not null && Errors.SequenceEqual(other.Errors) && Requests.SequenceEqual(other.Requests);

        public override int GetHashCode() => Requests.Length;

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", Errors)} after {Requests.Length} requests: {string.Join("; ", Requests)}"
            );
    }
}
