using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Tests.Resumes.Ledger;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Each result has the id of its cause, live and from the ledger.</summary>
public sealed class SyncReasonTests
{
    [Fact]
    public async Task SyncAsync_InvalidRecords_HaveReasonIdAndPath()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string valid = fixture.Write("valid.txt");
        string large = fixture.Folder.File("large.pdf");
        await using (FileStream stream = File.Create(large))
            stream.SetLength((10 * 1024 * 1024) + 1);
        (ResumeInput Input, ResumeSyncReason? Reason)[] records =
        [
            (ResumeSyncFixture.Input("a\n", valid), ResumeSyncReason.InvalidId),
            (ResumeSyncFixture.Input("b", valid) with { CreatedAt = "03/04/2022" }, ResumeSyncReason.InvalidDate),
            (ResumeSyncFixture.Input("c", valid) with { Path = null }, ResumeSyncReason.InvalidSource),
            (ResumeSyncFixture.Input("d", fixture.Folder.File("nowhere.txt")), ResumeSyncReason.Missing),
            (ResumeSyncFixture.Input("e", fixture.Folder.File("nowhere.docx")), ResumeSyncReason.Missing),
            (ResumeSyncFixture.Input("f", fixture.Folder.Path), ResumeSyncReason.NotAFile),
            (ResumeSyncFixture.Input("g", fixture.Folder.Write("empty.txt", "")), ResumeSyncReason.Empty),
            (ResumeSyncFixture.Input("h", large), ResumeSyncReason.TooLarge),
            (ResumeSyncFixture.Input("i", fixture.Folder.Write("word.docx", "PK")), ResumeSyncReason.WrongType),
            (ResumeSyncFixture.Input("j", fixture.Folder.Write("text.pdf", "no PDF")), ResumeSyncReason.WrongType),
            (ResumeSyncFixture.Input("k", fixture.Write("k.txt")), null),
        ];
        ResumeSyncResult[] results = await fixture.SyncAsync(records.Select(record => record.Input));
        Assert.Equal(
            records.Select(record => (record.Input.CandidateId, record.Reason, record.Input.Path)),
            results.Select(result => ((string?)result.CandidateId, result.ReasonId, result.Path))
        );
        Assert.All(
            fixture.Recorder.Errors,
            error => Assert.Matches("andidate '[a-k]\\W*' \\(resume 'R[a-k]\\W*'\\)", error.Message)
        );

        Assert.Equal(
            records.Select(record => (record.Input.CandidateId, record.Reason, (string?)null)),
            CandidateResumeClient
                .ReadResults(fixture.Ledger, CancellationToken.None)
                .Select(result => ((string?)result.CandidateId, result.ReasonId, result.Path))
                .Order()
        );
    }

    [Fact]
    public async Task SyncAsync_DuplicateRecord_IsSuperseded()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput input = fixture.Inputs(1)[0];
        ResumeSyncResult[] results = await fixture.SyncAsync([input, input]);
        Assert.Equal([null, ResumeSyncReason.Superseded], results.Select(result => result.ReasonId).Order());
    }

    [Fact]
    public async Task SyncAsync_FailedUploadsAndRecords_HaveDifferentReasons()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/" });
        fixture.Emulator.ResumeFaults.Add(ResumeFault.NoAnswer() with { CandidateIdPrefix = "C-2" });
        fixture.Emulator.ResumeFaults.Add(ResumeFault.Refuse(400) with { CandidateIdPrefix = "C-3" });
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(4), fixture.Options(throttle: 1));
        ResumeSyncReason?[] expected =
        [
            ResumeSyncReason.UploadFailed,
            ResumeSyncReason.OutcomeUnknown,
            ResumeSyncReason.RejectedByLinkedIn,
            null,
        ];
        Assert.Equal(expected, results.Select(result => result.ReasonId));
        Assert.Equal(
            expected,
            CandidateResumeClient
                .ReadResults(fixture.Ledger, CancellationToken.None)
                .OrderBy(result => result.CandidateId, StringComparer.Ordinal)
                .Select(result => result.ReasonId)
        );
        Assert.All(fixture.Recorder.Errors, error => Assert.Contains("andidate 'C-", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SyncAsync_PendingRecords_HaveReasonOfStop()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(3);
        Assert.All(
            await fixture.SyncAsync(inputs, fixture.Options() with { StopAfter = TimeSpan.Zero }),
            result => Assert.Equal(ResumeSyncReason.TimeExpired, result.ReasonId)
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(
            inputs,
            fixture.Options(ledger: fixture.Folder.File("quota")),
            fixture.Connect(requestsPerDay: 3)
        );
        Assert.Equal(
            [ResumeSyncReason.QuotaExceeded, ResumeSyncReason.QuotaExceeded],
            results.Where(result => result.Outcome == ResumeSyncOutcome.Pending).Select(result => result.ReasonId)
        );

        fixture.Emulator.Faults.Add(Fault.Status(403) with { PathPrefix = "/v2/tcrmCandidateResumes" });
        await Assert.ThrowsAsync<LinkedInException>(() => fixture.SyncAsync(inputs));
        Assert.All(
            fixture.Recorder.Outputs.Cast<ResumeSyncResult>(),
            result => Assert.Equal(ResumeSyncReason.RunStopped, result.ReasonId)
        );
        Assert.All(
            CandidateResumeClient.ReadResults(fixture.Ledger, CancellationToken.None),
            result => Assert.Equal(ResumeSyncReason.NotLinked, result.ReasonId)
        );
    }

    [Fact]
    public async Task RemoveAsync_MissingAndUnansweredResumes_HaveReasons()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(fixture.Inputs(2));
        fixture.Emulator.ResumeFaults.Add(ResumeFault.NoAnswer() with { CandidateIdPrefix = "C-2" });
        ResumeSyncResult[] results = await fixture.RemoveAsync([
            ResumeSyncFixture.Key("C-1"),
            ResumeSyncFixture.Key("C-2"),
            ResumeSyncFixture.Key("C-3"),
            ResumeSyncFixture.Key(""),
        ]);
        Assert.Equal(
            [
                ("", ResumeSyncReason.InvalidId),
                ("C-1", null),
                ("C-2", ResumeSyncReason.OutcomeUnknown),
                ("C-3", (ResumeSyncReason?)ResumeSyncReason.NotFound),
            ],
            results.Select(result => (result.CandidateId, result.ReasonId)).Order()
        );
        ResumeSyncResult remaining = Assert.Single(CandidateResumeClient.ReadResults(fixture.Ledger, CancellationToken.None));
        Assert.Equal(ResumeSyncReason.OutcomeUnknown, remaining.ReasonId);
    }

    [Theory]
    [InlineData("""{"kind":"Failed","reason":"no"}""", null)]
    [InlineData("""{"kind":"Failed","reasonId":"ReasonOfNewerVersion","reason":"no"}""", null)]
    [InlineData("""{"kind":"Failed","reasonId":"TooLarge","reason":"no"}""", ResumeSyncReason.TooLarge)]
    public void ReadResults_LineOfOtherVersion_IsRead(string json, ResumeSyncReason? expected)
    {
        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
            ledger.Append(LedgerEntry.FromJson(Encoding.UTF8.GetBytes(json))!);
        ResumeSyncResult result = Assert.Single(CandidateResumeClient.ReadResults(file.Folder, CancellationToken.None));
        Assert.Equal((expected, "no"), (result.ReasonId, result.Reason));
    }
}
