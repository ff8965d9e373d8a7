using LinkedInExports.Core.Resumes;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Ledger;

/// <summary>The results of records, read from the ledger later.</summary>
public sealed class LedgerResultsTests
{
    [Fact]
    public async Task ReadResults_AfterRun_ReturnsItsResults()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2", Times = 1 });
        ResumeInput[] inputs = [.. bench.Inputs(3), ResumeSyncFixture.Input("B", bench.Folder.File("nowhere.txt"))];
        ResumeSyncResult[] said = await bench.SyncAsync(inputs);
        Assert.Equal(
            said.Select(result => (result.CandidateId, result.ResumeId, result.Outcome, result.StatusCode)).Order(),
            Read(bench).Select(result => (result.CandidateId, result.ResumeId, result.Outcome, result.StatusCode)).Order()
        );
        Assert.All(Read(bench), result => Assert.NotNull(result.CompletedAt));
    }

    [Fact]
    public async Task ReadResults_FailureOfEarlierRun_IsOmittedAfterNextRunBegins()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(2);
        await bench.SyncAsync(inputs);
        bench.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2", Times = 1 });
        await bench.SyncAsync([inputs[0], inputs[1] with { CreatedAt = ResumeSyncFixture.CreatedAt + 1 }]);
        await bench.SyncAsync([inputs[0], inputs[1] with { Path = bench.Folder.File("nowhere.txt") }]);
        Assert.Equal([("C-1", ResumeSyncOutcome.Synced), ("C-2", ResumeSyncOutcome.Rejected)], Outcomes(bench));

        // The record was already in sync, so the run has no result for it.
        await bench.SyncAsync(inputs);
        Assert.Equal([("C-1", ResumeSyncOutcome.Synced), ("C-2", ResumeSyncOutcome.Synced)], Outcomes(bench));
    }

    [Fact]
    public async Task ReadResults_RemovedAndUploadedRecords_AreOmittedOrPending()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(3);
        await bench.SyncAsync(inputs);
        await bench.RemoveAsync([ResumeSyncFixture.Key("C-1")]);
        bench.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-2" });
        await bench.SyncAsync([ResumeSyncFixture.Input("C-2", bench.Write("other.txt"))]);
        Assert.Equal([("C-2", ResumeSyncOutcome.Failed), ("C-3", ResumeSyncOutcome.Synced)], Outcomes(bench));
        await bench.SyncAsync([inputs[2]]);
        Assert.Equal([("C-2", ResumeSyncOutcome.Pending), ("C-3", ResumeSyncOutcome.Synced)], Outcomes(bench));
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

    private static ResumeSyncResult[] Read(ResumeSyncFixture bench) =>
        [.. CandidateResumeClient.ReadResults(bench.Ledger, CancellationToken.None)];

    private static IEnumerable<(string, ResumeSyncOutcome)> Outcomes(ResumeSyncFixture bench) =>
        Read(bench).Select(result => (result.CandidateId, result.Outcome)).Order();
}
