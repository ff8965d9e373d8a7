using System.Diagnostics;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Text;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>
/// The first sync of a customer: weeks at LinkedIn's limits, in simulated time, against a server that counts. Normal runs use
/// a small number of candidates, and runs with LINKEDINEXPORTS_PROOF=full a million.
/// </summary>
[Collection(nameof(Alone))]
public sealed class MultiWeekSyncTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>LinkedIn's limits, or a thirtieth of them. The requests of a day take minutes.</summary>
    private static readonly int Candidates = ExhaustiveTests.IsEnabled ? 1_000_000 : 3_000;
    private static readonly int RecordsPerMinute = ExhaustiveTests.IsEnabled ? 10_000 : 300;
    private static readonly int RequestsPerDay = ExhaustiveTests.IsEnabled ? 100_000 : 1_500;
    private static readonly int BatchSize = ExhaustiveTests.IsEnabled ? 100 : 3;

    private readonly SimulatedTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private readonly TempFolder _folder = new();

    public static TheoryData<string, int> Servers =>
        new() { { nameof(SimulatedLinkedIn.Minutes.Sliding), 0 }, { nameof(SimulatedLinkedIn.Minutes.Fixed), 17 * 60 * 60 } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task SyncAsync_MillionsOfRecords_RunsAtQuotaSpeedWithoutExceedingIt(string minutes, int serverIsAhead)
    {
        var limits = new SimulatedLinkedIn.Limits(
            RecordsPerMinute,
            RequestsPerDay,
            Enum.Parse<SimulatedLinkedIn.Minutes>(minutes)
        );
        using var server = new SimulatedLinkedIn(_time, limits) { Ahead = TimeSpan.FromSeconds(serverIsAhead) };
        var recorder = new Counted();
        var watch = Stopwatch.StartNew();
        await _time.RunAsync(() => SyncAsync(server, recorder));

        double[] rates = [.. Rates(server)];
        output.WriteLine(
            $"{Candidates:N0} candidates, server with {minutes} minutes: {server.Days.Count} days, {server.Requests:N0} "
                + $"requests, at most {server.Days.Values.Max():N0} a day, "
                + $"{server.Refused} refused; {rates.Length} days with full minutes, at {rates.Min():P2} of the limit or "
                + $"more; simulated in {watch.Elapsed.TotalSeconds:0} s with {_time.Jumps:N0} jumps"
        );

        Assert.Equal((Candidates, 0), (recorder.Synced, recorder.Others));
        Assert.Equal((Candidates, Candidates), (server.Resumes.Count, server.Uploads));
        Assert.All(
            server.Resumes.Values,
            resume => Assert.Equal((ResumeSyncFixture.CreatedAt, 1), (resume.CreatedAt, resume.Times))
        );
        Assert.Equal(Candidates, server.Resumes.Values.Select(resume => resume.File).Distinct().Count());
        Assert.Equal(0, server.Refused);
        Assert.Equal(1, server.BatchesSideBySide);
        Assert.All(server.Days.Values, used => Assert.InRange(used, 1, RequestsPerDay));

        // Two requests for each file, one for each batch.
        int needed = (2 * Candidates) + (Candidates / BatchSize);
        Assert.InRange(server.Days.Count, needed / RequestsPerDay, (needed / RequestsPerDay) + 2);
        // Links that waited over midnight have expired.
        Assert.InRange(server.Requests, needed, needed + (server.Days.Count * 64 * 2));
        Assert.All(server.Days.Values.SkipLast(1), used => Assert.InRange(used, RequestsPerDay * 0.98, RequestsPerDay));
        Assert.NotEmpty(rates);
        Assert.All(rates, rate => Assert.InRange(rate, 0.99, 1.01));
    }

    private async Task SyncAsync(SimulatedLinkedIn server, Counted recorder)
    {
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                HttpHandler = server,
                Time = _time,
                RecordsPerMinute = RecordsPerMinute,
                RequestsPerDay = RequestsPerDay,
            }
        );
        using ResumeSync sync = client.CandidateResumes.CreateSync(
            new ResumeSyncOptions
            {
                IntegrationContext = OrganizationUrn.Parse("1234567890"),
                Contract = RecruiterContractUrn.Parse("123456"),
                LedgerPath = _folder.File("ledger"),
                BatchSize = BatchSize,
                ThrottleLimit = 32,
                WaitForQuota = true,
            }
        );

        // One file for all records, because the content doesn't matter and a million files take time.
        string path = _folder.Write("resume.txt", "A resume");
        for (int number = 0; number < Candidates; number++)
            sync.Add(ResumeSyncFixture.Input($"C-{number}", path));
        await foreach (ResumeSyncResult result in sync.SyncAsync(recorder, CancellationToken.None))
            recorder.Count(result);
    }

    /// <summary>
    /// For each day, the share of the limit that is used in the full minutes between its first and its last batch.
    /// </summary>
    private static IEnumerable<double> Rates(SimulatedLinkedIn server)
    {
        foreach (IGrouping<long, (TimeSpan At, int Records)> day in server.Batches.GroupBy(batch => DayAt(server, batch.At)))
        {
            TimeSpan first = day.Min(batch => batch.At);
            int minutes = (int)(day.Max(batch => batch.At) - first).TotalMinutes;
            if (minutes == 0)
                continue;
            int records = day.Where(batch => batch.At < first + TimeSpan.FromMinutes(minutes)).Sum(batch => batch.Records);
            yield return (double)records / (minutes * RecordsPerMinute);
        }
    }

    private static long DayAt(SimulatedLinkedIn server, TimeSpan at) =>
        (server.Start + at + server.Ahead).ToUnixTimeSeconds() / 86_400;

    /// <summary>Counts the results instead of storing them.</summary>
    private sealed class Counted : IDiagnostics
    {
        private int _synced;
        private int _others;

        internal int Synced => _synced;

        internal int Others => _others;

        internal void Count(ResumeSyncResult result) => _ = result.Outcome == ResumeSyncOutcome.Synced ? _synced++ : _others++;

        public bool IncludesDetails => false;

        public void Error(LinkedInException error) => throw error;

        public void Warning(SanitizedText text) => throw new InvalidOperationException(text.ToString());

        public void Verbose(SanitizedText text) { }

        public void Debug(SanitizedText text) { }

        public void Progress(ProgressUpdate update) { }
    }
}
