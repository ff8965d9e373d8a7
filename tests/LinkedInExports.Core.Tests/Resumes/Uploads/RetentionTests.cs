using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>The retention period of files, and which records are sent again after it.</summary>
public sealed class RetentionTests
{
    [Theory]
    [InlineData("2 days", """{"duration":2,"unit":"DAY"}""")]
    [InlineData("3 weeks", """{"duration":3,"unit":"WEEK"}""")]
    [InlineData("6 months", """{"duration":6,"unit":"MONTH"}""")]
    [InlineData("1 year", """{"duration":1,"unit":"YEAR"}""")]
    [InlineData("72 hours", """{"duration":72,"unit":"HOUR"}""")]
    [InlineData("10 minutes", """{"duration":10,"unit":"MINUTE"}""")]
    [InlineData("10 seconds", """{"duration":10,"unit":"SECOND"}""")]
    [InlineData("1500 milliseconds", """{"duration":1500,"unit":"MILLISECOND"}""")]
    public async Task UploadLink_Unit_IsSentAsItWasGiven(string period, string sent)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        await bench.SyncAsync(bench.Inputs(1), bench.Options(retainFor: RetentionPeriod.Parse(period)));
        Assert.EndsWith(
            $"\"blobTtl\":{sent}}}",
            Encoding.UTF8.GetString(Assert.Single(bench.Links).Body),
            StringComparison.Ordinal
        );
        Assert.NotNull(Assert.Single(bench.Emulator.Blobs).ExpiresAt);
    }

    [Theory]
    [InlineData("2 months", 58, 1)] // 2026-01-05 to 2026-03-05
    [InlineData("2 months", 60, 2)]
    [InlineData("1 year", 364, 1)]
    [InlineData("1 year", 366, 2)]
    public async Task SyncAsync_FileKeptForMonths_IsReusedUntilItsEnd(string period, int daysLater, int uploads)
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        LinkedInClient client = bench.Connect(time: time);
        ResumeSyncOptions options = bench.Options(retainFor: RetentionPeriod.Parse(period));
        ResumeInput[] inputs = bench.Inputs(1);
        bench.Emulator.Faults.Add(Fault.Status(403) with { PathPrefix = "/v2/tcrmCandidateResumes", Times = 1 });
        await Assert.ThrowsAsync<LinkedInException>(() => bench.SyncAsync(inputs, options, client));
        time.Advance(TimeSpan.FromDays(daysLater));
        await bench.SyncAsync(inputs, options, client);
        Assert.Equal(uploads, bench.Uploads.Length);
    }

    [Theory]
    [InlineData(100_000_000_000, null)]
    [InlineData(null, 100_000_000_000L)]
    [InlineData(long.MaxValue, null)]
    [InlineData(null, long.MaxValue)]
    public void GetEnd_LongerThanCalendar_IsNever(long? milliseconds, long? months)
    {
        var line = new LedgerEntry
        {
            Type = LedgerEntryType.Uploaded,
            UploadedAt = 253_402_300_000_000,
            RetainFor = milliseconds,
            RetainMonths = months,
        };
        Assert.Null(Retention.GetEnd(line));
    }

    [Fact]
    public async Task ResendExpired_FilesDeletedAtLinkedIn_AreSentAgainAndNoOthers()
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        LinkedInClient client = bench.Connect(time: time);
        ResumeInput[] inputs = bench.Inputs(4);
        await bench.SyncAsync(inputs[..2], bench.Options(retainFor: RetentionPeriod.Parse("30 days")), client);
        await bench.SyncAsync(inputs[2..3], bench.Options(retainFor: RetentionPeriod.Parse("60 days")), client);
        await bench.SyncAsync(inputs[3..], bench.Options(), client);
        time.Advance(TimeSpan.FromDays(31));

        // Without -Resend they count as in sync, although LinkedIn has deleted the files.
        Assert.All(
            await bench.SyncAsync(inputs, bench.Options(), client),
            result => Assert.Equal(ResumeSyncOutcome.Unchanged, result.Outcome)
        );
        ResumeSyncOptions options = Resend(bench, ResumeResend.Expired, "30 days");
        ResumeSyncPlan plan = await PlanAsync(bench, inputs, options, client);
        Assert.Equal((2, 2, 2), (plan.Records, plan.Uploads, plan.Unchanged));
        ResumeSyncResult[] results = await bench.SyncAsync(inputs, options, client);
        Assert.Equal(
            [ResumeSyncOutcome.Synced, ResumeSyncOutcome.Synced, ResumeSyncOutcome.Unchanged, ResumeSyncOutcome.Unchanged],
            results.Select(result => result.Outcome)
        );
        Assert.Equal(6, bench.Uploads.Length);
        Assert.All(
            await bench.SyncAsync(inputs, options, client),
            result => Assert.Equal(ResumeSyncOutcome.Unchanged, result.Outcome)
        );
    }

    [Fact]
    public async Task ResendAll_EverythingInSync_IsUploadedAndSentAgain()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = [.. bench.Inputs(3), ResumeSyncFixture.Uploaded("G", bench.AddBlob())];
        await bench.SyncAsync(inputs);
        ResumeSyncOptions options = Resend(bench, ResumeResend.All);
        ResumeSyncPlan plan = await PlanAsync(bench, inputs, options, bench.Client);
        Assert.Equal((4, 3, 0), (plan.Records, plan.Uploads, plan.Unchanged));
        for (int run = 2; run <= 3; run++)
        {
            Assert.All(await bench.SyncAsync(inputs, options), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
            Assert.Equal(3 * run, bench.Uploads.Length);
            Assert.All(bench.Emulator.Resumes, resume => Assert.Equal(run, resume.TimesWritten));
            Assert.Empty(bench.Recorder.Warnings);
        }

        Assert.All(await bench.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Unchanged, result.Outcome));
    }

    /// <summary>Resending many records takes days. Each run continues where the previous one ended.</summary>
    [Fact]
    public async Task ResendAll_DayAfterDay_SendsEachRecordOnce()
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        ResumeInput[] inputs = bench.Inputs(20);
        await bench.SyncAsync(inputs, client: bench.Connect(time: time));
        LinkedInClient client = bench.Connect(time: time, requestsPerDay: 15);
        ResumeSyncOptions options = Resend(bench, ResumeResend.All);
        int runs = 0;
        ResumeSyncResult[] results;
        do
        {
            time.Advance(TimeSpan.FromDays(1));
            ResumeSyncPlan plan = await PlanAsync(bench, inputs, options, client);
            results = await bench.SyncAsync(inputs, options, client);
            Assert.Equal(plan.Unchanged, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
            Assert.Equal(
                runs++ > 0,
                bench.Recorder.Warnings.Any(warning => warning.Contains("Continuing the resend", StringComparison.Ordinal))
            );
        } while (results.Any(result => result.Outcome == ResumeSyncOutcome.Pending));

        Assert.InRange(runs, 3, 4);
        Assert.Equal(40, bench.Uploads.Length);
        Assert.All(bench.Emulator.Resumes, resume => Assert.Equal(2, resume.TimesWritten));
    }

    private static ResumeSyncOptions Resend(ResumeSyncFixture bench, ResumeResend resend, string? retainFor = null) =>
        new()
        {
            IntegrationContext = OrganizationUrn.Parse(ResumeSyncFixture.Organization),
            Contract = RecruiterContractUrn.Parse(ResumeSyncFixture.Contract),
            LedgerPath = bench.Ledger,
            RetainFor = retainFor is null ? null : RetentionPeriod.Parse(retainFor),
            Resend = resend,
        };

    private static async Task<ResumeSyncPlan> PlanAsync(
        ResumeSyncFixture bench,
        ResumeInput[] inputs,
        ResumeSyncOptions options,
        LinkedInClient client
    )
    {
        using ResumeSync planner = client.CandidateResumes.CreatePlan(options);
        foreach (ResumeInput input in inputs)
            planner.Add(input);
        return await planner.PlanAsync(new RecordingOutput(), CancellationToken.None);
    }
}
