using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Records that are in the ledger and no longer in the input.</summary>
public sealed class MissingResumesTests
{
    [Fact]
    public async Task FindMissing_ThirtyOfAThousandMissing_ArePlannedThenRemovedAndAnEmptyInputRemovesNothing()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        ResumeInput[] all = [.. Enumerable.Range(1, 1000).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob))];
        await fixture.SyncAsync(all);
        ResumeInput[] left = [.. all.Where((_, index) => index % 33 != 5 || index >= 990)];
        string[] gone = [.. all.Except(left).Select(input => input.CandidateId!)];
        Assert.Equal(30, gone.Length);

        int requests = fixture.Emulator.Requests.Count;
        ResumeSyncPlan plan = await PlanAsync(fixture, left);
        Assert.Equal(gone.Order(), plan.Removals.Select(key => key.CandidateId).Order());
        Assert.Contains("to be removed at LinkedIn: 30.", plan.ToString(), StringComparison.Ordinal);
        Assert.Equal((970, 0, 0), (plan.Unchanged, plan.Records, plan.FindingCount));
        Assert.Equal(requests, fixture.Emulator.Requests.Count);

        ResumeSyncResult[] results = await RunAsync(fixture, left);
        Assert.Equal(
            gone.Order(),
            results.Where(result => result.Outcome == ResumeSyncOutcome.Removed).Select(result => result.CandidateId).Order()
        );
        Assert.Equal(970, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
        Assert.Equal(970, fixture.Emulator.ResumeCount);
        Assert.Equal(plan.Requests, fixture.Emulator.Requests.Count - requests);
        CandidateResumeSync status = fixture.Status();
        Assert.Equal(
            (970, 970, 30, 970, 0),
            (status.InputCount, status.Unchanged, status.Removed, status.InSync, status.Pending)
        );

        requests = fixture.Emulator.Requests.Count;
        plan = await PlanAsync(fixture, []);
        Assert.Empty(plan.Removals);
        Assert.Contains(
            "the input is empty, and the ledger has 970 records",
            Assert.Single(plan.Findings),
            StringComparison.Ordinal
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => RunAsync(fixture, []));
        Assert.Equal(LinkedInErrorId.RemovalInputIncomplete, error.Id);
        Assert.Contains("the input is empty, and the ledger has 970 records", error.Message, StringComparison.Ordinal);
        Assert.Equal((requests, 970), (fixture.Emulator.Requests.Count, fixture.Emulator.ResumeCount));
    }

    [Theory]
    [InlineData("10%", 10, 1, true)]
    [InlineData("10%", 10, 2, false)]
    [InlineData("10%", 3, 1, true)] // A share is rounded up.
    [InlineData("2.5%", 40, 1, true)]
    [InlineData("2.5%", 40, 2, false)]
    [InlineData("0%", 10, 1, false)]
    [InlineData("100%", 10, 9, true)]
    [InlineData("3", 10, 3, true)]
    [InlineData("3", 10, 4, false)]
    [InlineData("0", 10, 1, false)]
    public async Task FindMissing_MoreThanLimit_IsAnErrorBeforeAnythingIsSent(
        string limit,
        int records,
        int missing,
        bool isAllowed
    )
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        ResumeInput[] all = [.. Enumerable.Range(1, records).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob))];
        await fixture.SyncAsync(all);
        int requests = fixture.Emulator.Requests.Count;
        ResumeSyncPlan plan = await PlanAsync(fixture, all[missing..], RemovalLimit.Parse(limit));
        Assert.Equal(isAllowed ? missing : 0, plan.Removals.Count);
        if (isAllowed)
        {
            await RunAsync(fixture, all[missing..], RemovalLimit.Parse(limit));
            Assert.Equal(records - missing, fixture.Emulator.ResumeCount);
            return;
        }

        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            RunAsync(fixture, all[missing..], RemovalLimit.Parse(limit))
        );
        Assert.Equal(LinkedInErrorId.RemovalLimitExceeded, error.Id);
        Assert.Equal(error.Message, Assert.Single(plan.Findings));
        Assert.Contains(
            $"{missing} are missing from the input, and no more than {limit} may be removed",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal((requests, records), (fixture.Emulator.Requests.Count, fixture.Emulator.ResumeCount));
    }

    [Fact]
    public async Task FindMissing_InputHasUnusableIds_RemovesNothing()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        ResumeInput[] all = [.. Enumerable.Range(1, 20).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob))];
        await fixture.SyncAsync(all);
        foreach (string id in new[] { "", "20\n21", new string('x', 5000), "half \ud83d" })
        {
            LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
                RunAsync(fixture, [.. all[1..], ResumeSyncFixture.Uploaded(id, blob)])
            );
            Assert.Equal(LinkedInErrorId.RemovalInputIncomplete, error.Id);
            Assert.Contains("1 record of the input", error.Message, StringComparison.Ordinal);
        }

        // A record that is rejected for another reason is not missing.
        ResumeSyncResult[] results = await RunAsync(
            fixture,
            [all[0] with { CreatedAt = "soon" }, all[1] with { ResumeFile = null, Path = "/nowhere.txt" }, .. all[2..]]
        );
        Assert.DoesNotContain(results, result => result.Outcome == ResumeSyncOutcome.Removed);
        Assert.Equal(20, fixture.Emulator.ResumeCount);
    }

    [Fact]
    public async Task FindMissing_RecordsOfAnotherOrganization_AreKept()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        ResumeInput[] inputs = [ResumeSyncFixture.Uploaded("1", blob), ResumeSyncFixture.Uploaded("2", blob)];
        await fixture.SyncAsync(inputs, fixture.Options(organization: "urn:li:organization:7"));
        await fixture.SyncAsync(inputs);
        ResumeSyncResult[] results = await RunAsync(fixture, inputs[1..]);
        Assert.Equal("1", Assert.Single(results, result => result.Outcome == ResumeSyncOutcome.Removed).CandidateId);
        Assert.Equal(2, fixture.Emulator.Resumes.Count(resume => resume.IntegrationContext == "urn:li:organization:7"));
    }

    /// <summary>A record with an unknown outcome may be at LinkedIn and must be removed, too.</summary>
    [Fact]
    public async Task FindMissing_RecordWhoseResponseWasLost_IsRemovedToo()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        fixture.Emulator.Faults.Add(
            Fault.ResetAfterEffect() with
            {
                PathPrefix = "/v2/tcrmCandidateResumes",
                Times = int.MaxValue,
            }
        );
        await Assert.ThrowsAsync<LinkedInException>(() => fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", blob)]));
        Assert.Equal(1, fixture.Emulator.ResumeCount);
        fixture.Emulator.Faults.Clear();
        ResumeSyncResult[] results = await RunAsync(fixture, [ResumeSyncFixture.Uploaded("2", blob)]);
        Assert.Equal(
            [("1", ResumeSyncOutcome.Removed), ("2", ResumeSyncOutcome.Synced)],
            results.Select(result => (result.CandidateId, result.Outcome)).Order()
        );
        Assert.Equal("2", Assert.Single(fixture.Emulator.Resumes).CandidateId);
    }

    [Fact]
    public async Task RemoveAsync_DayIsUsedUp_LeavesTheRestPending()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        ResumeInput[] all = [.. Enumerable.Range(1, 100).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob))];
        await fixture.SyncAsync(all);
        LinkedInClient client = fixture.Connect(requestsPerDay: 3);
        ResumeSyncResult[] results = await RunAsync(fixture, all[60..], RemovalLimit.Parse("100%"), client);
        int removed = results.Count(result => result.Outcome == ResumeSyncOutcome.Removed);
        Assert.InRange(removed, 20, 59);
        Assert.Equal(60 - removed, results.Count(result => result.Outcome == ResumeSyncOutcome.Pending));
        Assert.Contains(fixture.Recorder.Warnings, warning => warning.Contains("pending", StringComparison.Ordinal));
        Assert.Equal(100 - removed, fixture.Emulator.ResumeCount);

        results = await RunAsync(fixture, all[60..], RemovalLimit.Parse("100%"));
        Assert.Equal(40, fixture.Emulator.ResumeCount);
    }

    [Fact]
    public async Task RemoveAsync_TimeIsOver_LeavesThemPending()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        ResumeInput[] all = [ResumeSyncFixture.Uploaded("1", blob), ResumeSyncFixture.Uploaded("2", blob)];
        await fixture.SyncAsync(all);
        ResumeSyncResult[] results = await RunAsync(fixture, all[1..], stopAfter: TimeSpan.Zero);
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Pending, result.Outcome));
        Assert.Equal(2, fixture.Emulator.ResumeCount);
    }

    [Fact]
    public async Task Create_WithoutLedger_IsAnError()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        var options = new ResumeSyncOptions { IntegrationContext = OrganizationUrn.Parse("1"), MaxRemovals = 5 };
        Assert.Equal(
            LinkedInErrorId.LedgerPathMissing,
            Assert.Throws<LinkedInException>(() => fixture.Client.CandidateResumes.CreateSync(options)).Id
        );
        Assert.Equal(
            LinkedInErrorId.LedgerPathMissing,
            Assert.Throws<LinkedInException>(() => fixture.Client.CandidateResumes.CreatePlan(options)).Id
        );
    }

    private static ResumeSyncOptions Options(ResumeSyncFixture fixture, RemovalLimit? limit = null, TimeSpan? stopAfter = null) =>
        new()
        {
            IntegrationContext = OrganizationUrn.Parse(ResumeSyncFixture.Organization),
            Contract = RecruiterContractUrn.Parse(ResumeSyncFixture.Contract),
            LedgerPath = fixture.Ledger,
            MaxRemovals = limit ?? RemovalLimit.Default,
            StopAfter = stopAfter,
        };

    /// <summary>Runs a sync as Sync-CandidateResume -RemoveMissing does.</summary>
    private static async Task<ResumeSyncResult[]> RunAsync(
        ResumeSyncFixture fixture,
        ResumeInput[] inputs,
        RemovalLimit? limit = null,
        LinkedInClient? client = null,
        TimeSpan? stopAfter = null
    )
    {
        fixture.StartOver();
        using ResumeSync sync = (client ?? fixture.Client).CandidateResumes.CreateSync(Options(fixture, limit, stopAfter));
        foreach (ResumeInput input in inputs)
            sync.Add(input);
        IReadOnlyList<ResumeKey> missing = sync.FindMissing(CancellationToken.None);
        if (missing.Count > 0)
            await sync.RemoveAsync(missing, fixture.Recorder, CancellationToken.None).RecordAsync(fixture.Recorder);
        await sync.SyncAsync(fixture.Recorder, CancellationToken.None).RecordAsync(fixture.Recorder);
        return [.. fixture.Recorder.Outputs.Cast<ResumeSyncResult>()];
    }

    private static async Task<ResumeSyncPlan> PlanAsync(
        ResumeSyncFixture fixture,
        ResumeInput[] inputs,
        RemovalLimit? limit = null
    )
    {
        using ResumeSync planner = fixture.Client.CandidateResumes.CreatePlan(Options(fixture, limit));
        foreach (ResumeInput input in inputs)
            planner.Add(input);
        var recorder = new RecordingOutput();
        ResumeSyncPlan plan = await planner.PlanAsync(recorder, CancellationToken.None);
        Assert.Empty(recorder.Errors);
        return plan;
    }
}
