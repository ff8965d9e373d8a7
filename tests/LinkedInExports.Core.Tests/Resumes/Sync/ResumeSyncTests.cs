using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Which records are sent by a run and by the following ones.</summary>
public sealed class ResumeSyncTests
{
    [Fact]
    public async Task SyncAsync_DuplicateKeys_SendsLastRecordOnly()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult[] results = await bench.SyncAsync([
            ResumeSyncFixture.Input("1", bench.Write("first.txt"), ResumeSyncFixture.CreatedAt + 1),
            ResumeSyncFixture.Input("2", bench.Write("other.txt")),
            ResumeSyncFixture.Input("1", bench.Write("second.txt"), ResumeSyncFixture.CreatedAt + 2),
            ResumeSyncFixture.Input("1", bench.Write("third.txt"), ResumeSyncFixture.CreatedAt + 3),
        ]);

        Assert.Equal(2, results.Count(result => result is { CandidateId: "1", Outcome: ResumeSyncOutcome.Rejected }));
        Assert.Equal(2, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(2, bench.Uploads.Length);
        Assert.Single(bench.Batches);
        EmulatedResume resume = bench.Emulator.FindResume("1", "R1", ResumeSyncFixture.Organization)!;
        Assert.Equal(
            ("third.txt", ResumeSyncFixture.CreatedAt + 3, 1),
            (resume.File.FileName, resume.CreatedAt, resume.TimesWritten)
        );
        Assert.Contains("2 duplicate records were skipped", Assert.Single(bench.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(bench.Recorder.Errors);
        CandidateResumeSync status = bench.Status();
        Assert.Equal((4, 2, 2, 0), (status.InputCount, status.Synced, status.Rejected, status.Pending));
    }

    [Fact]
    public async Task SyncAsync_DuplicateOfUnchangedRecord_LeavesItSyncedInLedger()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput record = ResumeSyncFixture.Input("1", bench.Write("resume.txt"));
        await bench.SyncAsync([record]);

        ResumeSyncResult[] results = await bench.SyncAsync([record, record]);

        Assert.Equal(
            [ResumeSyncOutcome.Rejected, ResumeSyncOutcome.Unchanged],
            results.Select(result => result.Outcome).OrderDescending()
        );
        CandidateResumeSync status = bench.Status();
        Assert.Equal((2, 1, 1, 1), (status.InputCount, status.Unchanged, status.Rejected, status.InSync));
        Assert.Equal(
            ("1", ResumeSyncOutcome.Synced),
            Assert.Single(CandidateResumeClient.ReadResults(bench.Ledger, CancellationToken.None).Select(Describe))
        );

        static (string, ResumeSyncOutcome) Describe(ResumeSyncResult result) => (result.CandidateId, result.Outcome);
    }

    [Fact]
    public async Task SyncAsync_DuplicateKeys_UsesLastRecordEvenIfInvalid()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult[] results = await bench.SyncAsync([
            ResumeSyncFixture.Input("1", bench.Write("first.txt")),
            ResumeSyncFixture.Input("1", bench.Folder.File("nowhere.txt")),
        ]);
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Rejected, result.Outcome));
        Assert.Empty(bench.Emulator.Requests);
    }

    [Fact]
    public async Task SyncAsync_SameRecordsAgain_SendsNothing()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = [.. bench.Inputs(120), ResumeSyncFixture.Uploaded("G", bench.AddBlob())];
        Assert.All(await bench.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        int requests = bench.Emulator.Requests.Count;
        Assert.Equal((2 * 120) + 2, requests);

        Assert.All(
            await bench.SyncAsync(inputs),
            result => Assert.Equal((ResumeSyncOutcome.Unchanged, null, null), (result.Outcome, result.StatusCode, result.Reason))
        );
        Assert.Equal(requests, bench.Emulator.Requests.Count);
        CandidateResumeSync status = bench.Status();
        Assert.Equal((121, 0, 121, 0, 121), (status.InputCount, status.Synced, status.Unchanged, status.Pending, status.InSync));
        Assert.Equal(requests, status.RequestsToday);
    }

    [Fact]
    public async Task SyncAsync_WithoutLedger_SendsEverythingEachTime()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        var options = new ResumeSyncOptions
        {
            IntegrationContext = OrganizationUrn.Parse(ResumeSyncFixture.Organization),
            Contract = RecruiterContractUrn.Parse(ResumeSyncFixture.Contract),
        };
        ResumeInput[] inputs = bench.Inputs(2);
        for (int run = 0; run < 2; run++)
            Assert.All(await bench.SyncAsync(inputs, options), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(4, bench.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_CreatedAtChanged_UpdatesRecordWithoutUpload()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string path = bench.Write("1.txt");
        await bench.SyncAsync([ResumeSyncFixture.Input("1", path)]);
        ResumeSyncResult result = Assert.Single(
            await bench.SyncAsync([ResumeSyncFixture.Input("1", path, ResumeSyncFixture.CreatedAt + 1)])
        );
        Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome);
        Assert.Single(bench.Uploads);
        Assert.Equal(2, bench.Batches.Length);
        Assert.Equal(ResumeSyncFixture.CreatedAt + 1, Assert.Single(bench.Emulator.Resumes).CreatedAt);
    }

    [Fact]
    public async Task SyncAsync_FileChanged_IsUploadedAgainButNotIfMoved()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        await bench.SyncAsync([
            ResumeSyncFixture.Input("1", bench.Write("1.txt", "old")),
            ResumeSyncFixture.Input("2", bench.Write("2.txt", "same")),
        ]);
        ResumeSyncResult[] results = await bench.SyncAsync([
            ResumeSyncFixture.Input("1", bench.Write("1.txt", "new")),
            ResumeSyncFixture.Input("2", bench.Write("moved.txt", "same")),
        ]);
        Assert.Equal([ResumeSyncOutcome.Synced, ResumeSyncOutcome.Unchanged], results.Select(result => result.Outcome));
        Assert.Equal(3, bench.Uploads.Length);
        Assert.Equal(
            "new",
            Encoding.UTF8.GetString([.. bench.Emulator.FindResume("1", "R1", ResumeSyncFixture.Organization)!.File.Bytes!])
        );
    }

    [Fact]
    public async Task SyncAsync_UploadedFiles_NeedNoContract()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        var options = new ResumeSyncOptions
        {
            IntegrationContext = OrganizationUrn.Parse("1234567890"),
            LedgerPath = bench.Ledger,
        };
        ResumeInput input = ResumeSyncFixture.Uploaded("1", bench.AddBlob());
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await bench.SyncAsync([input], options)).Outcome);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await bench.SyncAsync([input], options)).Outcome);
        Assert.Equal(
            ResumeSyncOutcome.Synced,
            Assert.Single(await bench.SyncAsync([input with { ResumeFile = bench.AddBlob("/AAYother.txt") }], options)).Outcome
        );
        Assert.Equal(2, bench.Emulator.Requests.Count);

        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() => bench.SyncAsync(bench.Inputs(1), options));
        Assert.Equal(LinkedInErrorId.InvalidContract, error.Id);
    }

    [Fact]
    public async Task SyncAsync_AfterRemove_UploadsAgain()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(2);
        await bench.SyncAsync(inputs);
        await bench.RemoveAsync([new ResumeKey(ResumeSyncFixture.Organization, "C-1", "RC-1")]);
        Assert.Equal((1, 0), (bench.Status().InSync, bench.Status().UploadedNotLinked));
        ResumeSyncResult[] results = await bench.SyncAsync(inputs);
        Assert.Equal([ResumeSyncOutcome.Synced, ResumeSyncOutcome.Unchanged], results.Select(result => result.Outcome));
        Assert.Equal(3, bench.Uploads.Length);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(100, 64)]
    [InlineData(1, 1)]
    [InlineData(1, 64)]
    [InlineData(7, 3)]
    public async Task SyncAsync_AnyConcurrencyAndBatchSize_HasSameResults(int batchSize, int throttle)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(250);
        ResumeSyncResult[] results = await bench.SyncAsync(inputs, bench.Options(batchSize, throttle));
        Assert.Equal(
            inputs.Select(input => (input.CandidateId, ResumeSyncOutcome.Synced)),
            results.Select(result => ((string?)result.CandidateId, result.Outcome))
        );
        Assert.Equal(
            (250, 250, (250 + batchSize - 1) / batchSize),
            (bench.Links.Length, bench.Uploads.Length, bench.Batches.Length)
        );
        Assert.All(
            inputs,
            input =>
                Assert.Equal(
                    $"{input.CandidateId![2..]}.txt",
                    bench.Emulator.FindResume(input.CandidateId!, input.ResumeId!, ResumeSyncFixture.Organization)!.File.FileName
                )
        );

        // "Calls grouped with no more than 100 records in sequential order": each batch after the response to the previous one.
        Assert.All(bench.Batches, request => Assert.True(request.Completed));
    }

    [Fact]
    public async Task SyncAsync_AnyFailure_LedgerHasNoSecretOrPath()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.LeakySecret() with { PathPrefix = "/v2/hireMediaUrl", Skip = 1 });
        bench.Emulator.Faults.Add(Fault.LeakySecret() with { PathPrefix = "/ambry", Skip = 1 });
        await bench.SyncAsync([
            .. bench.Inputs(4, " with distinctive content"),
            ResumeSyncFixture.Input("b", bench.Folder.Write("b.docx", "PK")),
            ResumeSyncFixture.Input("c", bench.Folder.File("nowhere.txt")),
            ResumeSyncFixture.Input("d", bench.Folder.Write("d.txt", "")),
        ]);
        string ledger = string.Concat(Directory.GetFiles(bench.Ledger).Select(File.ReadAllText));
        Assert.Contains("\"kind\":\"Failed\"", ledger, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"Rejected\"", ledger, StringComparison.Ordinal);
        string[] secrets =
        [
            bench.Emulator.AccessToken,
            "x-li-ambry-ep",
            bench.Folder.Path,
            "distinctive content",
            .. bench.Uploads.Select(request => request.RawTarget.Split('=')[1]),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, ledger, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"(?<![\w-])AQ[\w-]{16,}", ledger); // Other text that begins like tokens and signatures.
        Assert.DoesNotContain(bench.Emulator.AccessToken, bench.Recorder.GetAllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("x-li-ambry-ep=AQ", bench.Recorder.GetAllText(), StringComparison.Ordinal);
    }
}
