using LinkedInExports.Core.Resumes;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>The results of records, read from the ledger later.</summary>
public sealed class LedgerResultsTests
{
    [Fact]
    public async Task ReadResults_AfterRun_ReturnsItsResults()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2", Times = 1 });
        ResumeInput[] inputs = [.. fixture.Inputs(3), ResumeSyncFixture.Input("B", fixture.Folder.File("nowhere.txt"))];
        ResumeSyncResult[] said = await fixture.SyncAsync(inputs);
        Assert.Equal(
            said.Select(result => (result.CandidateId, result.ResumeId, result.Outcome, result.StatusCode)).Order(),
            Read(fixture).Select(result => (result.CandidateId, result.ResumeId, result.Outcome, result.StatusCode)).Order()
        );
        Assert.All(Read(fixture), result => Assert.NotNull(result.CompletedAt));
    }

    [Fact]
    public async Task ReadResults_FailureOfEarlierRun_IsOmittedAfterNextRunBegins()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(2);
        await fixture.SyncAsync(inputs);
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2", Times = 1 });
        await fixture.SyncAsync([inputs[0], inputs[1] with { CreatedAt = ResumeSyncFixture.CreatedAt + 1 }]);
        await fixture.SyncAsync([inputs[0], inputs[1] with { Path = fixture.Folder.File("nowhere.txt") }]);
        Assert.Equal([("C-1", ResumeSyncOutcome.Synced), ("C-2", ResumeSyncOutcome.Rejected)], Outcomes(fixture));

        // The record was already in sync, so the run has no result for it.
        await fixture.SyncAsync(inputs);
        Assert.Equal([("C-1", ResumeSyncOutcome.Synced), ("C-2", ResumeSyncOutcome.Synced)], Outcomes(fixture));
    }

    [Fact]
    public async Task ReadResults_RemovedAndUploadedRecords_AreOmittedOrPending()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(3);
        await fixture.SyncAsync(inputs);
        await fixture.RemoveAsync([ResumeSyncFixture.Key("C-1")]);
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2" });
        await fixture.SyncAsync([ResumeSyncFixture.Input("C-2", fixture.Write("other.txt"))]);
        Assert.Equal([("C-2", ResumeSyncOutcome.Failed), ("C-3", ResumeSyncOutcome.Synced)], Outcomes(fixture));
        await fixture.SyncAsync([inputs[2]]);
        Assert.Equal([("C-2", ResumeSyncOutcome.Pending), ("C-3", ResumeSyncOutcome.Synced)], Outcomes(fixture));
    }

    [Fact]
    public void ReadResults_WithoutLedger_ThrowsLedgerNotFound() =>
        Assert.Equal(
            LinkedInErrorId.LedgerNotFound,
            Assert
                .Throws<LinkedInException>(() =>
                    CandidateResumeClient.ReadResults(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()), default)
                )
                .Id
        );

    private static ResumeSyncResult[] Read(ResumeSyncFixture fixture) =>
        [.. CandidateResumeClient.ReadResults(fixture.Ledger, CancellationToken.None)];

    private static IEnumerable<(string, ResumeSyncOutcome)> Outcomes(ResumeSyncFixture fixture) =>
        Read(fixture).Select(result => (result.CandidateId, result.Outcome)).Order();
}
