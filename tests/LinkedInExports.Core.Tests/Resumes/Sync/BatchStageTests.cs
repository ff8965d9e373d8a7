using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Log;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

public sealed class BatchStageTests
{
    private static readonly FastTimeProvider Time = new();

    [Fact]
    public async Task SyncAsync_ResultMissing_FailsAndRetriesInNextRun()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.ResumeFaults.Add(
            ResumeFault.NoAnswer() with
            {
                CandidateIdPrefix = "C-3",
                Times = 1,
                TakesEffect = true,
            }
        );
        ResumeInput[] inputs = fixture.Inputs(5);
        ResumeSyncResult[] results = await fixture.SyncAsync(inputs);
        Assert.Equal(
            [
                ResumeSyncOutcome.Synced,
                ResumeSyncOutcome.Synced,
                ResumeSyncOutcome.Failed,
                ResumeSyncOutcome.Synced,
                ResumeSyncOutcome.Synced,
            ],
            results.Select(result => result.Outcome)
        );
        Assert.Equal((null, "LinkedIn returned no result for this record."), (results[2].StatusCode, results[2].Reason));
        Assert.Equal("C-3", Assert.Single(fixture.Recorder.Errors).Target);
        Assert.Equal((4, 1), (fixture.Status().Synced, fixture.Status().Failed));

        results = await fixture.SyncAsync(inputs);
        Assert.Equal(1, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(4, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
        Assert.Equal(5, fixture.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_ResultOfOtherRecord_Warns()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.ResumeFaults.Add(ResumeFault.StrayAnswer() with { CandidateIdPrefix = "C-2" });
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(3));
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Contains(
            "candidate 'C-2-unexpected', resume 'RC-2' of urn:li:organization:1234567890",
            Assert.Single(fixture.Recorder.Warnings),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    public async Task SyncAsync_RecordRejected_FailsAloneWithoutRetry(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(status) with { CandidateIdPrefix = "C-2" });
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(3));
        Assert.Equal([204, status, 204], results.Select(result => result.StatusCode));
        Assert.Equal(
            [ResumeSyncOutcome.Synced, ResumeSyncOutcome.Failed, ResumeSyncOutcome.Synced],
            results.Select(result => result.Outcome)
        );
        Assert.StartsWith(
            status == 400 ? "resumeFile is not accessible" : $"Status {status}",
            results[1].Reason,
            StringComparison.Ordinal
        );
        Assert.Equal(
            (LinkedInErrorId.ResumeNotSynced, status),
            (Assert.Single(fixture.Recorder.Errors).Id, fixture.Recorder.Errors[0].StatusCode)
        );
        Assert.Single(fixture.Batches);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task SyncAsync_RecordFailsTransiently_IsRetriedAlone(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(status) with { CandidateIdPrefix = "C-2", Times = 2 });
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(3), client: fixture.Connect(time: Time));
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        AssertOneRecordIsRetriedTwice(fixture);
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SyncAsync_RecordFailsAlways_FailsAfterThreeAttempts()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(500) with { CandidateIdPrefix = "C-2" });
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(3), client: fixture.Connect(time: Time));
        Assert.Equal(
            [ResumeSyncOutcome.Synced, ResumeSyncOutcome.Failed, ResumeSyncOutcome.Synced],
            results.Select(result => result.Outcome)
        );
        Assert.Equal(500, results[1].StatusCode);
        AssertOneRecordIsRetriedTwice(fixture);
    }

    /// <summary>The first attempt may take two batches, because simulated time passes while files are uploaded.</summary>
    private static void AssertOneRecordIsRetriedTwice(ResumeSyncFixture fixture)
    {
        int[] records = [.. fixture.Batches.Select(Records)];
        Assert.Equal((5, 1, 1), (records.Sum(), records[^2], records[^1]));
    }

    [Fact]
    public async Task SyncAsync_RecordBreaksBatch_SplitsBatchUntilAlone()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, body) =>
                body.Contains("tcrmCandidateId=C-17&", StringComparison.Ordinal)
                    ? FakeHttpHandler.Json("""{"message":"Invalid key","status":400}""", System.Net.HttpStatusCode.BadRequest)
                    : null
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(25), client: fixture.Connect(network: network));
        Assert.Equal(
            ["C-17"],
            results.Where(result => result.Outcome != ResumeSyncOutcome.Synced).Select(result => result.CandidateId)
        );
        Assert.Equal((ResumeSyncOutcome.Failed, 400), (results[16].Outcome, results[16].StatusCode));
        Assert.Contains("Invalid key", results[16].Reason, StringComparison.Ordinal);
        Assert.InRange(fixture.Batches.Length, 1, 5); // The successful batches; 25 is halved five times at most.
        Assert.Equal(24, fixture.Emulator.ResumeCount);
        Assert.All(fixture.Emulator.Resumes, resume => Assert.Equal(1, resume.TimesWritten));
    }

    public static TheoryData<Fault> TransientFaults =>
        [
            Fault.Status(429),
            Fault.Status(429, retryAfter: TimeSpan.Zero),
            Fault.Status(429, FaultBody.Html),
            Fault.Status(500),
            Fault.Status(502, FaultBody.Html),
            Fault.Status(503, FaultBody.Empty),
            Fault.Status(504),
            Fault.ResetBeforeEffect(),
            Fault.ResetAfterEffect(),
            Fault.TruncateBody(10),
        ];

    [Theory]
    [MemberData(nameof(TransientFaults))]
    public async Task SyncAsync_BatchFailsTransiently_RetriesSameBytes(Fault fault)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(30);
        fixture.Emulator.Faults.Add(fault with { PathPrefix = "/v2/tcrmCandidateResumes", Times = 2 });
        ResumeSyncResult[] results = await fixture.SyncAsync(inputs);

        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(3, fixture.Batches.Length);
        Assert.All(fixture.Batches, request => Assert.Equal(fixture.Batches[0].Body, request.Body));
        Assert.Equal((30, 30), (fixture.Emulator.ResumeCount, fixture.Emulator.BlobCount));
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal((30, 0), (fixture.Status().Synced, fixture.Status().Pending));
    }

    [Fact]
    public async Task SyncAsync_ResponseIsNotJson_FailsAndNextRunSucceeds()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(3);
        fixture.Emulator.Faults.Add(Fault.BadJson() with { PathPrefix = "/v2/tcrmCandidateResumes" });
        ResumeSyncResult[] results = await fixture.SyncAsync(inputs);
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Failed, result.Outcome));
        Assert.All(fixture.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.UnexpectedResponse, error.Id));

        results = await fixture.SyncAsync(inputs);
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(3, fixture.Uploads.Length);
    }

    [Theory]
    [InlineData("""{"results":{},"errors":{}}""", ResumeSyncOutcome.Failed, "returned no result")]
    [InlineData("""{"results":{"KEY":{"status":204}}}""", ResumeSyncOutcome.Synced, null)]
    [InlineData("""{"results":{"KEY":{"status":201}},"errors":null,"statuses":{}}""", ResumeSyncOutcome.Synced, null)]
    [InlineData("""{"results":{"KEY":{}}}""", ResumeSyncOutcome.Failed, "returned no reason")]
    [InlineData("""{"results":{"KEY":null}}""", ResumeSyncOutcome.Failed, "returned no reason")]
    [InlineData("""{"results":{"KEY":{"status":"204"}}}""", ResumeSyncOutcome.Failed, "returned no reason")]
    [InlineData("""{"results":{"KEY":{"status":304}}}""", ResumeSyncOutcome.Failed, "returned status 304")]
    [InlineData(
        """{"results":{"KEY":{"status":204}},"errors":{"KEY":{"status":422,"message":"No"}}}""",
        ResumeSyncOutcome.Failed,
        "No"
    )]
    [InlineData("""{"errors":{"KEY":{"status":204}}}""", ResumeSyncOutcome.Failed, "returned status 204")]
    [InlineData("""{"errors":{"KEY":{"status":422,"code":"GONE","serviceErrorCode":7}}}""", ResumeSyncOutcome.Failed, "GONE (7)")]
    [InlineData("""{"errors":{"KEY":{"status":422,"message":"Bearer AQSECRET"}}}""", ResumeSyncOutcome.Failed, "***")]
    [InlineData("""{"value":{}}""", ResumeSyncOutcome.Failed, "neither results nor errors")]
    [InlineData("[]", ResumeSyncOutcome.Failed, "not an object")]
    [InlineData("", ResumeSyncOutcome.Failed, "not the JSON")]
    public async Task SyncAsync_AnyResponse_SucceedsOnlyForClearSuccess(string json, ResumeSyncOutcome outcome, string? why)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (_, _) =>
                FakeHttpHandler.Json(
                    json.Replace(
                        "KEY",
                        "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1234567890&tcrmCandidateId=1&tcrmResumeId=R1",
                        StringComparison.Ordinal
                    )
                )
        );
        ResumeSyncResult result = Assert.Single(
            await fixture.SyncAsync(
                [ResumeSyncFixture.Uploaded("1", fixture.AddBlob())],
                client: fixture.Connect(network: network)
            )
        );
        Assert.Equal(outcome, result.Outcome);
        if (why is null)
            Assert.Null(result.Reason);
        else
            Assert.Contains(why, result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", fixture.Recorder.GetAllText(), StringComparison.Ordinal);
    }

    private static int Records(RecordedRequest request) =>
        Encoding.UTF8.GetString(request.Body).Split("\"resumeFile\"").Length - 1;
}
