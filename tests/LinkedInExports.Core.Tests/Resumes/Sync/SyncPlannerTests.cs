using System.Globalization;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>A plan sends no request and writes no file.</summary>
public sealed class SyncPlannerTests
{
    [Fact]
    public void ToString_FewBytes_HasKilobytes()
    {
        var plan = new ResumeSyncPlan
        {
            Uploads = 5,
            Bytes = 2048,
            Requests = 11,
            Days = 1,
        };
        Assert.Contains(
            string.Create(CultureInfo.CurrentCulture, $"upload 5 files ({2.0:N1} KB)"),
            plan.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("takes 1 day", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_NothingToSend_HasNoTime() =>
        Assert.DoesNotContain("Within the limits", new ResumeSyncPlan { Days = 1 }.ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Plan_AnyRecord_IsInExactlyOneCount()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] known = fixture.Inputs(6);
        string blob = fixture.AddBlob();
        await fixture.SyncAsync([.. known[..3], ResumeSyncFixture.Uploaded("G-1", blob)]);

        // Two more records are uploaded but not synced.
        fixture.Emulator.Faults.Add(Fault.Status(403) with { PathPrefix = "/v2/tcrmCandidateResumes" });
        await Assert.ThrowsAsync<LinkedInException>(() => fixture.SyncAsync(known[3..5]));
        int requests = fixture.Emulator.Requests.Count;
        Dictionary<string, byte[]> before = Snapshot(fixture);

        string large = fixture.Folder.File("large.pdf");
        await using (FileStream stream = File.Create(large))
            stream.SetLength(10 * 1024 * 1024 + 1);
        (ResumeSyncPlan plan, RecordingOutput recorder) = await PlanAsync(
            fixture,
            [
                .. known, // 3 unchanged, 2 uploaded, 1 new
                ResumeSyncFixture.Uploaded("G-1", blob), // unchanged
                ResumeSyncFixture.Uploaded("G-2", blob), // to be sent
                ResumeSyncFixture.Input("C-1", known[0].Path!), // supersedes the first
                // supersedes the second; to be sent, not uploaded
                ResumeSyncFixture.Input("C-2", known[1].Path!, ResumeSyncFixture.CreatedAt + 1),
                ResumeSyncFixture.Input("N-1", fixture.Write("N-1.txt", "12345")), // new
                ResumeSyncFixture.Input("L-1", large),
                ResumeSyncFixture.Input("W-1", fixture.Folder.Write("w.docx", "PK")),
                ResumeSyncFixture.Input("W-2", fixture.Folder.Write("w.pdf", "no PDF")),
                ResumeSyncFixture.Input("U-1", fixture.Folder.File("nowhere.txt")),
                ResumeSyncFixture.Input("U-2", fixture.Folder.Path),
                ResumeSyncFixture.Input("U-3", fixture.Folder.File("nowhere.docx")),
                ResumeSyncFixture.Input("", known[0].Path!),
                ResumeSyncFixture.Uploaded("I-1", "no URN"),
            ]
        );

        Assert.Equal(19, plan.InputCount);
        Assert.Equal(
            (3, 2, 2, 1, 2, 3, 2),
            (plan.Unchanged, plan.Superseded, plan.Uploads, plan.TooLarge, plan.WrongType, plan.Unreadable, plan.Invalid)
        );
        Assert.Equal(6, plan.Records); // 2 uploaded before, 2 new, G-2 and C-2
        Assert.Equal(
            plan.InputCount,
            plan.Records + plan.Unchanged + plan.Superseded + plan.TooLarge + plan.WrongType + plan.Unreadable + plan.Invalid
        );
        Assert.Equal(new FileInfo(known[5].Path!).Length + 5, plan.Bytes);
        Assert.Equal((2 * 2) + 1, plan.Requests);
        Assert.Empty(recorder.Errors);
        Assert.Empty(recorder.Outputs);
        Assert.Equal((8, 8, 8), (plan.FindingCount, plan.Findings.Count, recorder.VerboseLines.Length));
        Assert.Contains("large.pdf cannot be sent to LinkedIn", plan.Findings[0], StringComparison.Ordinal);
        Assert.Contains("CandidateId is empty", plan.Findings[6], StringComparison.Ordinal);
        Assert.All(plan.Findings, finding => Assert.Contains(finding, plan.ToString(), StringComparison.Ordinal));

        Assert.Equal(requests, fixture.Emulator.Requests.Count);
        Assert.Equal(before, Snapshot(fixture));

        // The sync does what was planned.
        ResumeSyncResult[] results = await fixture.SyncAsync([
            .. known,
            ResumeSyncFixture.Uploaded("G-1", blob),
            ResumeSyncFixture.Uploaded("G-2", blob),
            ResumeSyncFixture.Input("N-1", fixture.Folder.File("N-1.txt")),
        ]);
        Assert.Equal(5, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(requests + 5, fixture.Emulator.Requests.Count);
    }

    [Theory]
    [InlineData(10, 100, 100_000, 10_000, 21, 1, 0)] // 20 requests for files, a batch
    [InlineData(10, 3, 100_000, 10_000, 24, 1, 0)] // four batches
    [InlineData(10, 100, 21, 10_000, 21, 1, 0)] // fits exactly
    [InlineData(10, 100, 20, 10_000, 21, 2, 16 * 60)] // one is left for tomorrow
    [InlineData(10, 100, 5, 10_000, 21, 5, (16 + (3 * 24)) * 60)]
    [InlineData(10, 100, 100_000, 3, 24, 1, 3)] // a batch has no more records than a minute
    public async Task Plan_Quotas_DetermineRequestsDaysAndEnd(
        int count,
        int batchSize,
        int requestsPerDay,
        int recordsPerMinute,
        int requests,
        int days,
        int minutes
    )
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        LinkedInClient client = fixture.Connect(time: time, requestsPerDay: requestsPerDay, recordsPerMinute: recordsPerMinute);
        (ResumeSyncPlan plan, _) = await PlanAsync(fixture, fixture.Inputs(count), fixture.Options(batchSize), client);
        Assert.Equal((requests, days), (plan.Requests, plan.Days));
        Assert.Equal(time.GetUtcNow().AddMinutes(minutes), plan.ExpectedEnd);
    }

    [Fact]
    public async Task Plan_RequestsSentToday_Count()
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        LinkedInClient client = fixture.Connect(time: time, requestsPerDay: 30);
        await fixture.SyncAsync(fixture.Inputs(10), client: client);
        (ResumeSyncPlan plan, _) = await PlanAsync(fixture, fixture.Inputs(10, " changed"), client: client);
        Assert.Equal((21, 2), (plan.Requests, plan.Days));
        time.Advance(TimeSpan.FromDays(1));
        (plan, _) = await PlanAsync(fixture, fixture.Inputs(10, " changed"), client: client);
        Assert.Equal((21, 1), (plan.Requests, plan.Days));
    }

    [Fact]
    public async Task Plan_WithoutRecordsOrLedger_Succeeds()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        (ResumeSyncPlan plan, _) = await PlanAsync(
            fixture,
            [],
            new ResumeSyncOptions { IntegrationContext = OrganizationUrn.Parse("1") }
        );
        Assert.Equal((0, 0, 0, 1), (plan.InputCount, plan.Records, plan.Requests, plan.Days));
        Assert.False(Directory.Exists(fixture.Ledger));
    }

    [Fact]
    public async Task Plan_InvalidOptions_ThrowsLikeSync()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(1));
        LinkedInErrorId IdOf(ResumeSyncOptions options, LinkedInClient? client = null) =>
            Assert.Throws<LinkedInException>(() => (client ?? fixture.Client).CandidateResumes.CreatePlan(options).Dispose()).Id;
        await using (ResumeSyncFixture other = await ResumeSyncFixture.StartAsync())
            Assert.Equal(LinkedInErrorId.LedgerMismatch, IdOf(fixture.Options(), other.Client));

        using (
            ResumeSync planner = fixture.Client.CandidateResumes.CreatePlan(
                new ResumeSyncOptions { IntegrationContext = OrganizationUrn.Parse("1") }
            )
        )
        {
            Assert.Equal(
                LinkedInErrorId.InvalidContract,
                Assert.Throws<LinkedInException>(() => planner.Add(fixture.Inputs(1)[0])).Id
            );
        }

        // A plan doesn't lock the ledger.
        using ResumeSync sync = fixture.Client.CandidateResumes.CreateSync(fixture.Options());
        (ResumeSyncPlan plan, _) = await PlanAsync(fixture, fixture.Inputs(2));
        Assert.Equal((1, 1), (plan.Unchanged, plan.Uploads));

        byte[] ledger = await File.ReadAllBytesAsync(Path.Combine(fixture.Ledger, "resume-sync.ledger"));
        ledger[5] ^= 1;
        await File.WriteAllBytesAsync(fixture.Folder.File("resume-sync.ledger"), ledger);
        Assert.Equal(LinkedInErrorId.LedgerCorrupt, IdOf(fixture.Options(ledger: fixture.Folder.Path)));
    }

    [Fact]
    public async Task Plan_Canceled_Throws()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using ResumeSync planner = fixture.Client.CandidateResumes.CreatePlan(fixture.Options());
        foreach (ResumeInput input in fixture.Inputs(5))
            planner.Add(input);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            planner.PlanAsync(fixture.Recorder, new CancellationToken(canceled: true))
        );
    }

    private static async Task<(ResumeSyncPlan Plan, RecordingOutput Heard)> PlanAsync(
        ResumeSyncFixture fixture,
        IEnumerable<ResumeInput> inputs,
        ResumeSyncOptions? options = null,
        LinkedInClient? client = null
    )
    {
        var recorder = new RecordingOutput();
        using ResumeSync planner = (client ?? fixture.Client).CandidateResumes.CreatePlan(options ?? fixture.Options());
        foreach (ResumeInput input in inputs)
            planner.Add(input);
        return (await planner.PlanAsync(recorder, CancellationToken.None), recorder);
    }

    private static Dictionary<string, byte[]> Snapshot(ResumeSyncFixture fixture) =>
        Directory.GetFiles(fixture.Ledger).ToDictionary(path => path, File.ReadAllBytes);
}
