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
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult[] results = await fixture.SyncAsync([
            ResumeSyncFixture.Input("1", fixture.Write("first.txt"), ResumeSyncFixture.CreatedAt + 1),
            ResumeSyncFixture.Input("2", fixture.Write("other.txt")),
            ResumeSyncFixture.Input("1", fixture.Write("second.txt"), ResumeSyncFixture.CreatedAt + 2),
            ResumeSyncFixture.Input("1", fixture.Write("third.txt"), ResumeSyncFixture.CreatedAt + 3),
        ]);

        Assert.Equal(2, results.Count(result => result is { CandidateId: "1", Outcome: ResumeSyncOutcome.Rejected }));
        Assert.Equal(2, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(2, fixture.Uploads.Length);
        Assert.Single(fixture.Batches);
        EmulatedResume resume = fixture.Emulator.FindResume("1", "R1", ResumeSyncFixture.Organization)!;
        Assert.Equal(
            ("third.txt", ResumeSyncFixture.CreatedAt + 3, 1),
            (resume.File.FileName, resume.CreatedAt, resume.TimesWritten)
        );
        Assert.Contains("2 duplicate records were skipped", Assert.Single(fixture.Recorder.Warnings), StringComparison.Ordinal);
        Assert.Empty(fixture.Recorder.Errors);
        CandidateResumeSync status = fixture.Status();
        Assert.Equal((4, 2, 2, 0), (status.InputCount, status.Synced, status.Rejected, status.Pending));
    }

    [Fact]
    public async Task SyncAsync_DuplicateOfUnchangedRecord_LeavesItSyncedInLedger()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput record = ResumeSyncFixture.Input("1", fixture.Write("resume.txt"));
        await fixture.SyncAsync([record]);

        ResumeSyncResult[] results = await fixture.SyncAsync([record, record]);

        Assert.Equal(
            [ResumeSyncOutcome.Rejected, ResumeSyncOutcome.Unchanged],
            results.Select(result => result.Outcome).OrderDescending()
        );
        CandidateResumeSync status = fixture.Status();
        Assert.Equal((2, 1, 1, 1), (status.InputCount, status.Unchanged, status.Rejected, status.InSync));
        Assert.Equal(
            ("1", ResumeSyncOutcome.Synced),
            Assert.Single(CandidateResumeClient.ReadResults(fixture.Ledger, CancellationToken.None).Select(Describe))
        );

        static (string, ResumeSyncOutcome) Describe(ResumeSyncResult result) => (result.CandidateId, result.Outcome);
    }

    [Fact]
    public async Task SyncAsync_DuplicateKeys_UsesLastRecordEvenIfInvalid()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult[] results = await fixture.SyncAsync([
            ResumeSyncFixture.Input("1", fixture.Write("first.txt")),
            ResumeSyncFixture.Input("1", fixture.Folder.File("nowhere.txt")),
        ]);
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Rejected, result.Outcome));
        Assert.Empty(fixture.Emulator.Requests);
    }

    [Fact]
    public async Task SyncAsync_SameRecordsAgain_SendsNothing()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = [.. fixture.Inputs(120), ResumeSyncFixture.Uploaded("G", fixture.AddBlob())];
        Assert.All(await fixture.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        int requests = fixture.Emulator.Requests.Count;
        Assert.Equal((2 * 120) + 2, requests);

        Assert.All(
            await fixture.SyncAsync(inputs),
            result => Assert.Equal((ResumeSyncOutcome.Unchanged, null, null), (result.Outcome, result.StatusCode, result.Reason))
        );
        Assert.Equal(requests, fixture.Emulator.Requests.Count);
        CandidateResumeSync status = fixture.Status();
        Assert.Equal((121, 0, 121, 0, 121), (status.InputCount, status.Synced, status.Unchanged, status.Pending, status.InSync));
        Assert.Equal(requests, status.RequestsToday);
    }

    [Fact]
    public async Task SyncAsync_WithoutLedger_SendsEverythingEachTime()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        var options = new ResumeSyncOptions
        {
            IntegrationContext = OrganizationUrn.Parse(ResumeSyncFixture.Organization),
            Contract = RecruiterContractUrn.Parse(ResumeSyncFixture.Contract),
        };
        ResumeInput[] inputs = fixture.Inputs(2);
        for (int run = 0; run < 2; run++)
        {
            ResumeSyncResult[] results = await fixture.SyncAsync(inputs, options);
            Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        }

        Assert.Equal(4, fixture.Uploads.Length);
    }

    [Fact]
    public async Task SyncAsync_CreatedAtChanged_UpdatesRecordWithoutUpload()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string path = fixture.Write("1.txt");
        await fixture.SyncAsync([ResumeSyncFixture.Input("1", path)]);
        ResumeSyncResult result = Assert.Single(
            await fixture.SyncAsync([ResumeSyncFixture.Input("1", path, ResumeSyncFixture.CreatedAt + 1)])
        );
        Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome);
        Assert.Single(fixture.Uploads);
        Assert.Equal(2, fixture.Batches.Length);
        Assert.Equal(ResumeSyncFixture.CreatedAt + 1, Assert.Single(fixture.Emulator.Resumes).CreatedAt);
    }

    [Fact]
    public async Task SyncAsync_FileChanged_IsUploadedAgainButNotIfMoved()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([
            ResumeSyncFixture.Input("1", fixture.Write("1.txt", "old")),
            ResumeSyncFixture.Input("2", fixture.Write("2.txt", "same")),
        ]);
        ResumeSyncResult[] results = await fixture.SyncAsync([
            ResumeSyncFixture.Input("1", fixture.Write("1.txt", "new")),
            ResumeSyncFixture.Input("2", fixture.Write("moved.txt", "same")),
        ]);
        Assert.Equal([ResumeSyncOutcome.Synced, ResumeSyncOutcome.Unchanged], results.Select(result => result.Outcome));
        Assert.Equal(3, fixture.Uploads.Length);
        Assert.Equal(
            "new",
            Encoding.UTF8.GetString([.. fixture.Emulator.FindResume("1", "R1", ResumeSyncFixture.Organization)!.File.Bytes!])
        );
    }

    [Fact]
    public async Task SyncAsync_UploadedFiles_NeedNoContract()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        var options = new ResumeSyncOptions
        {
            IntegrationContext = OrganizationUrn.Parse("1234567890"),
            LedgerPath = fixture.Ledger,
        };
        ResumeInput input = ResumeSyncFixture.Uploaded("1", fixture.AddBlob());
        Assert.Equal(ResumeSyncOutcome.Synced, Assert.Single(await fixture.SyncAsync([input], options)).Outcome);
        Assert.Equal(ResumeSyncOutcome.Unchanged, Assert.Single(await fixture.SyncAsync([input], options)).Outcome);
        Assert.Equal(
            ResumeSyncOutcome.Synced,
            Assert
                .Single(await fixture.SyncAsync([input with { ResumeFile = fixture.AddBlob("/AAYother.txt") }], options))
                .Outcome
        );
        Assert.Equal(2, fixture.Emulator.Requests.Count);

        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(fixture.Inputs(1), options)
        );
        Assert.Equal(LinkedInErrorId.InvalidContract, error.Id);
    }

    [Fact]
    public async Task SyncAsync_AfterRemove_UploadsAgain()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(2);
        await fixture.SyncAsync(inputs);
        await fixture.RemoveAsync([new ResumeKey(ResumeSyncFixture.Organization, "C-1", "RC-1")]);
        Assert.Equal((1, 0), (fixture.Status().InSync, fixture.Status().UploadedNotLinked));
        ResumeSyncResult[] results = await fixture.SyncAsync(inputs);
        Assert.Equal([ResumeSyncOutcome.Synced, ResumeSyncOutcome.Unchanged], results.Select(result => result.Outcome));
        Assert.Equal(3, fixture.Uploads.Length);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(100, 64)]
    [InlineData(1, 1)]
    [InlineData(1, 64)]
    [InlineData(7, 3)]
    public async Task SyncAsync_AnyConcurrencyAndBatchSize_HasSameResults(int batchSize, int throttle)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(250);
        ResumeSyncResult[] results = await fixture.SyncAsync(inputs, fixture.Options(batchSize, throttle));
        Assert.Equal(
            inputs.Select(input => (input.CandidateId, ResumeSyncOutcome.Synced)),
            results.Select(result => ((string?)result.CandidateId, result.Outcome))
        );
        Assert.Equal(
            (250, 250, (250 + batchSize - 1) / batchSize),
            (fixture.Links.Length, fixture.Uploads.Length, fixture.Batches.Length)
        );
        Assert.All(
            inputs,
            input =>
                Assert.Equal(
                    $"{input.CandidateId![2..]}.txt",
                    fixture
                        .Emulator.FindResume(input.CandidateId!, input.ResumeId!, ResumeSyncFixture.Organization)!
                        .File.FileName
                )
        );

        // "Calls grouped with no more than 100 records in sequential order": each batch after the response to the previous one.
        Assert.All(fixture.Batches, request => Assert.True(request.Completed));
    }

    [Fact]
    public async Task SyncAsync_AnyFailure_LedgerHasNoSecretOrPath()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.LeakySecret() with { PathPrefix = "/v2/hireMediaUrl", Skip = 1 });
        fixture.Emulator.Faults.Add(Fault.LeakySecret() with { PathPrefix = "/ambry", Skip = 1 });
        await fixture.SyncAsync([
            .. fixture.Inputs(4, " with distinctive content"),
            ResumeSyncFixture.Input("b", fixture.Folder.Write("b.docx", "PK")),
            ResumeSyncFixture.Input("c", fixture.Folder.File("nowhere.txt")),
            ResumeSyncFixture.Input("d", fixture.Folder.Write("d.txt", "")),
        ]);
        string ledger = string.Concat(Directory.GetFiles(fixture.Ledger).Select(File.ReadAllText));
        Assert.Contains("\"kind\":\"Failed\"", ledger, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"Rejected\"", ledger, StringComparison.Ordinal);
        string[] secrets =
        [
            fixture.Emulator.AccessToken,
            "x-li-ambry-ep",
            fixture.Folder.Path,
            "distinctive content",
            .. fixture.Uploads.Select(request => request.RawTarget.Split('=')[1]),
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, ledger, StringComparison.Ordinal));
        Assert.DoesNotMatch(@"(?<![\w-])AQ[\w-]{16,}", ledger); // Other text that begins like tokens and signatures.
        Assert.DoesNotContain(fixture.Emulator.AccessToken, fixture.Recorder.GetAllText(), StringComparison.Ordinal);
        Assert.DoesNotContain("x-li-ambry-ep=AQ", fixture.Recorder.GetAllText(), StringComparison.Ordinal);
    }
}
