using System.Net;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

public sealed class ResumeRemovalTests
{
    private static readonly ResumeKey[] Keys =
    [
        .. Enumerable.Range(1, 60).Select(number => ResumeSyncFixture.Key($"C-{number}")),
    ];

    [Theory]
    [InlineData(false, ResumeSyncOutcome.Unchanged, 404, "The resume did not exist at LinkedIn.")]
    [InlineData(true, ResumeSyncOutcome.Removed, 204, null)]
    public async Task RemoveAsync_UnknownResume_SucceedsOrReports404(
        bool succeeds,
        ResumeSyncOutcome outcome,
        int status,
        string? reason
    )
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(
            new EmulatorOptions { DeleteUnknownSucceeds = succeeds }
        );
        ResumeSyncResult result = Assert.Single(await fixture.RemoveAsync([Keys[0]]));
        Assert.Equal((outcome, status, reason), (result.Outcome, result.StatusCode, result.Reason));
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Fact]
    public async Task RemoveAsync_Rejected_KeepsRecordInLedger()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(4));
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(403) with { CandidateIdPrefix = "C-2" });
        fixture.Emulator.ResumeFaults.Add(ResumeFault.NoAnswer() with { CandidateIdPrefix = "C-3" });
        ResumeSyncResult[] results = await fixture.RemoveAsync(Keys[..4]);
        Assert.Equal(
            [ResumeSyncOutcome.Removed, ResumeSyncOutcome.Failed, ResumeSyncOutcome.Failed, ResumeSyncOutcome.Removed],
            results.Select(result => result.Outcome)
        );
        Assert.Equal(["C-2", "C-3"], fixture.Recorder.Errors.Select(error => error.Target));
        Assert.Equal(["C-2", "C-3"], fixture.Emulator.Resumes.Select(resume => resume.CandidateId).Order(StringComparer.Ordinal));

        // C-2 was rejected and is unchanged. The outcome of C-3 is unknown, so the next run sends it again.
        Assert.Equal(1, fixture.Status().InSync);
        Assert.Equal(
            [("C-2", ResumeSyncOutcome.Synced), ("C-3", ResumeSyncOutcome.Pending)],
            CandidateResumeClient
                .ReadResults(fixture.Ledger, default)
                .Select(result => (result.CandidateId, result.Outcome))
                .Order()
        );
        fixture.Emulator.ResumeFaults.Clear();
        int uploads = fixture.Uploads.Length;
        results = await fixture.SyncAsync(fixture.Inputs(3)[1..]);
        Assert.Equal([ResumeSyncOutcome.Unchanged, ResumeSyncOutcome.Synced], results.Select(result => result.Outcome));
        Assert.Equal(uploads, fixture.Uploads.Length);
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(500, 0)] // It may have been removed.
    public async Task RemoveAsync_RecordBreaksBatch_FailsAlone(int status, int inSync)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(15));
        using var network = new TamperingHandler(
            (request, _) =>
                request.Method == HttpMethod.Delete
                && request.RequestUri!.Query.Contains("tcrmCandidateId=C-7&", StringComparison.Ordinal)
                    ? new HttpResponseMessage((HttpStatusCode)status)
                    : null
        );
        ResumeSyncResult[] results = await fixture.RemoveAsync(Keys[..15], fixture.Connect(network: network));
        Assert.Equal(
            ("C-7", status),
            results
                .Where(result => result.Outcome == ResumeSyncOutcome.Failed)
                .Select(result => (result.CandidateId, result.StatusCode))
                .Single()
        );
        Assert.Equal(14, results.Count(result => result.Outcome == ResumeSyncOutcome.Removed));
        Assert.Equal("C-7", Assert.Single(fixture.Emulator.Resumes).CandidateId);
        Assert.Equal(inSync, fixture.Status().InSync);
    }

    [Theory]
    [InlineData(2, ResumeSyncOutcome.Removed)]
    [InlineData(3, ResumeSyncOutcome.Failed)]
    public async Task RemoveAsync_RecordFailsTransiently_IsRetried(int times, ResumeSyncOutcome outcome)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(4));
        int batches = fixture.Batches.Length;
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(500) with { CandidateIdPrefix = "C-2", Times = times });
        ResumeSyncResult[] results = await fixture.RemoveAsync(Keys[..4], fixture.Connect(time: new FastTimeProvider()));
        Assert.Equal(outcome, results.Single(result => result.CandidateId == "C-2").Outcome);
        Assert.Equal(3, results.Count(result => result is { Outcome: ResumeSyncOutcome.Removed, CandidateId: not "C-2" }));
        Assert.Equal(3, fixture.Batches.Length - batches);
    }

    [Theory]
    [InlineData(403, LinkedInErrorId.AccessDenied)]
    [InlineData(500, LinkedInErrorId.ServerError)]
    public async Task RemoveAsync_RequestFails_LeavesRestPending(int status, LinkedInErrorId id)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(status) with { Method = "DELETE", Skip = 1, Times = int.MaxValue });
        Assert.Equal(id, (await Assert.ThrowsAsync<LinkedInException>(() => fixture.RemoveAsync(Keys))).Id);
        ResumeSyncResult[] results = [.. fixture.Recorder.Outputs.Cast<ResumeSyncResult>()];
        Assert.Equal(60, results.Length);
        int done = results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged);
        Assert.InRange(done, 15, 30);
        int failed = results.Count(result => result.Outcome == ResumeSyncOutcome.Failed);
        Assert.InRange(failed, 0, status == 500 ? 9 : 0);
        Assert.Equal(60 - done - failed, results.Count(result => result.Outcome == ResumeSyncOutcome.Pending));
    }

    [Fact]
    public async Task RemoveAsync_DailyQuotaExceeded_Stops()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        LinkedInClient client = fixture.Connect(requestsPerDay: 2);
        Assert.Equal(
            LinkedInErrorId.DailyQuotaExceeded,
            (await Assert.ThrowsAsync<LinkedInException>(() => fixture.RemoveAsync(Keys, client))).Id
        );
        Assert.Equal(2, fixture.Batches.Length);
        CandidateResumeSync status = fixture.Status();
        Assert.Equal(2, status.RequestsToday);
        Assert.NotNull(status.NextRunAt);
    }

    [Theory]
    [MemberData(nameof(BatchStageTests.TransientFaults), MemberType = typeof(BatchStageTests))]
    public async Task RemoveAsync_RequestFailsTransiently_IsRetried(Fault fault)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(3));
        fixture.Emulator.Faults.Add(fault with { Method = "DELETE", Times = 2 });
        ResumeSyncResult[] results = await fixture.RemoveAsync(Keys[..3]);
        Assert.All(results, result => Assert.True(result.Outcome is ResumeSyncOutcome.Removed or ResumeSyncOutcome.Unchanged));
        Assert.Equal(0, fixture.Emulator.ResumeCount);
        Assert.Equal(0, fixture.Status().InSync);
    }

    [Fact]
    public async Task RemoveAsync_SameKeyTwice_IsSentOnce()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(1));
        Assert.Single(await fixture.RemoveAsync([Keys[0], Keys[0]]));
        Assert.Equal((1, 1), (fixture.Emulator.Deletes, fixture.Batches.Length - 1));
    }

    /// <summary>
    /// If a process ends while it removes records, no record counts as in sync that is not at LinkedIn. The next run sends the
    /// missing ones.
    /// </summary>
    [Theory]
    [InlineData(Loss.Process)]
    [InlineData(Loss.Power)]
    [InlineData(Loss.PowerHalf)]
    public async Task RemoveAsync_ProcessEndsAtAnyStep_NextSyncBringsBackWhatIsMissing(Loss loss)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(
            new EmulatorOptions { LoggedRequests = 0, RequestsPerDay = long.MaxValue }
        );
        ResumeInput[] inputs = fixture.Inputs(5);
        int run = 0;
        int cuts = await CrashPoint.AtEachStepAsync(async cut =>
        {
            ResumeSyncOptions options = fixture.Options(
                ledger: fixture.Folder.File($"ledger-{++run}"),
                organization: $"urn:li:organization:{run}"
            );
            ResumeKey[] keys =
            [
                .. inputs.Select(input => new ResumeKey(
                    options.IntegrationContext.ToString(),
                    input.CandidateId!,
                    input.ResumeId!
                )),
            ];
            await fixture.SyncAsync(inputs, options);
            var files = new CrashingFileSystem(cut, loss);
            using (var network = new CrashingHandler(cut))
            using (LinkedInClient client = fixture.Connect(files: files, network: network))
            {
                await cut.RunAsync(() =>
                    client
                        .CandidateResumes.RemoveAsync(keys, options.LedgerPath, new RecordingOutput(), cut.Token)
                        .RecordAsync(new RecordingOutput())
                );
            }

            files.ApplyLoss();

            ResumeSyncResult[] results = await fixture.SyncAsync(inputs, options);
            Assert.All(results, result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Unchanged));
            Assert.Equal(
                5,
                fixture.Emulator.Resumes.Count(resume => resume.IntegrationContext == options.IntegrationContext.ToString())
            );
        });
        Assert.InRange(cuts, 30, 300);
    }
}
