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
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(1), fixture.Options(retainFor: RetentionPeriod.Parse(period)));
        Assert.EndsWith(
            $"\"blobTtl\":{sent}}}",
            Encoding.UTF8.GetString(Assert.Single(fixture.Links).Body),
            StringComparison.Ordinal
        );
        Assert.NotNull(Assert.Single(fixture.Emulator.Blobs).ExpiresAt);
    }

    [Theory]
    [InlineData("2 months", 58, 1)] // 2026-01-05 to 2026-03-05
    [InlineData("2 months", 60, 2)]
    [InlineData("1 year", 364, 1)]
    [InlineData("1 year", 366, 2)]
    public async Task SyncAsync_FileKeptForMonths_IsReusedUntilItsEnd(string period, int daysLater, int uploads)
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        LinkedInClient client = fixture.Connect(time: time);
        ResumeSyncOptions options = fixture.Options(retainFor: RetentionPeriod.Parse(period));
        ResumeInput[] inputs = fixture.Inputs(1);
        fixture.Emulator.Faults.Add(Fault.Status(403) with { PathPrefix = "/v2/tcrmCandidateResumes", Times = 1 });
        await Assert.ThrowsAsync<LinkedInException>(() => fixture.SyncAsync(inputs, options, client));
        time.Advance(TimeSpan.FromDays(daysLater));
        await fixture.SyncAsync(inputs, options, client);
        Assert.Equal(uploads, fixture.Uploads.Length);
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
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        LinkedInClient client = fixture.Connect(time: time);
        ResumeInput[] inputs = fixture.Inputs(4);
        await fixture.SyncAsync(inputs[..2], fixture.Options(retainFor: RetentionPeriod.Parse("30 days")), client);
        await fixture.SyncAsync(inputs[2..3], fixture.Options(retainFor: RetentionPeriod.Parse("60 days")), client);
        await fixture.SyncAsync(inputs[3..], fixture.Options(), client);
        time.Advance(TimeSpan.FromDays(31));

        // Without -Resend they count as in sync, although LinkedIn has deleted the files.
        Assert.All(
            await fixture.SyncAsync(inputs, fixture.Options(), client),
            result => Assert.Equal(ResumeSyncOutcome.Unchanged, result.Outcome)
        );
        ResumeSyncOptions options = Resend(fixture, ResumeResend.Expired, "30 days");
        ResumeSyncPlan plan = await PlanAsync(fixture, inputs, options, client);
        Assert.Equal((2, 2, 2), (plan.Records, plan.Uploads, plan.Unchanged));
        ResumeSyncResult[] results = await fixture.SyncAsync(inputs, options, client);
        Assert.Equal(
            [ResumeSyncOutcome.Synced, ResumeSyncOutcome.Synced, ResumeSyncOutcome.Unchanged, ResumeSyncOutcome.Unchanged],
            results.Select(result => result.Outcome)
        );
        Assert.Equal(6, fixture.Uploads.Length);
        Assert.All(
            await fixture.SyncAsync(inputs, options, client),
            result => Assert.Equal(ResumeSyncOutcome.Unchanged, result.Outcome)
        );
    }

    [Fact]
    public async Task ResendAll_EverythingInSync_IsUploadedAndSentAgain()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = [.. fixture.Inputs(3), ResumeSyncFixture.Uploaded("G", fixture.AddBlob())];
        await fixture.SyncAsync(inputs);
        ResumeSyncOptions options = Resend(fixture, ResumeResend.All);
        ResumeSyncPlan plan = await PlanAsync(fixture, inputs, options, fixture.Client);
        Assert.Equal((4, 3, 0), (plan.Records, plan.Uploads, plan.Unchanged));
        for (int run = 2; run <= 3; run++)
        {
            Assert.All(
                await fixture.SyncAsync(inputs, options),
                result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome)
            );
            Assert.Equal(3 * run, fixture.Uploads.Length);
            Assert.All(fixture.Emulator.Resumes, resume => Assert.Equal(run, resume.TimesWritten));
            Assert.Empty(fixture.Recorder.Warnings);
        }

        Assert.All(await fixture.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Unchanged, result.Outcome));
    }

    /// <summary>Resending many records takes days. Each run continues where the previous one ended.</summary>
    [Fact]
    public async Task ResendAll_DayAfterDay_SendsEachRecordOnce()
    {
        var time = new FakeTimeProvider();
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new() { TimeProvider = time });
        ResumeInput[] inputs = fixture.Inputs(20);
        await fixture.SyncAsync(inputs, client: fixture.Connect(time: time));
        LinkedInClient client = fixture.Connect(time: time, requestsPerDay: 15);
        // Otherwise, records that are compared while the last request of the day is sent may be pending.
        ResumeSyncOptions options = Resend(fixture, ResumeResend.All) with
        {
            ThrottleLimit = 1,
        };
        int runs = 0;
        ResumeSyncResult[] results;
        do
        {
            time.Advance(TimeSpan.FromDays(1));
            ResumeSyncPlan plan = await PlanAsync(fixture, inputs, options, client);
            results = await fixture.SyncAsync(inputs, options, client);
            Assert.Equal(plan.Unchanged, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
            Assert.Equal(
                runs++ > 0,
                fixture.Recorder.Warnings.Any(warning => warning.Contains("UTC continues.", StringComparison.Ordinal))
            );
        } while (results.Any(result => result.Outcome == ResumeSyncOutcome.Pending));

        Assert.InRange(runs, 3, 4);
        Assert.Equal(40, fixture.Uploads.Length);
        Assert.All(fixture.Emulator.Resumes, resume => Assert.Equal(2, resume.TimesWritten));
    }

    private static ResumeSyncOptions Resend(ResumeSyncFixture fixture, ResumeResend resend, string? retainFor = null) =>
        new()
        {
            IntegrationContext = OrganizationUrn.Parse(ResumeSyncFixture.Organization),
            Contract = RecruiterContractUrn.Parse(ResumeSyncFixture.Contract),
            LedgerPath = fixture.Ledger,
            RetainFor = retainFor is null ? null : RetentionPeriod.Parse(retainFor),
            Resend = resend,
        };

    private static async Task<ResumeSyncPlan> PlanAsync(
        ResumeSyncFixture fixture,
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
