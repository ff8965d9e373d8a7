using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Failures that end a run, and failures that end one record.</summary>
public sealed class SyncFailureTests
{
    [Theory]
    [InlineData(403, "/v2/hireMediaUrl", LinkedInErrorId.AccessDenied, 1)]
    [InlineData(401, "/v2/hireMediaUrl", LinkedInErrorId.TokenRejected, 1)]
    [InlineData(404, "/v2/hireMediaUrl", LinkedInErrorId.NotFound, 1)]
    [InlineData(403, "/v2/tcrmCandidateResumes", LinkedInErrorId.AccessDenied, 3)]
    [InlineData(401, "/v2/tcrmCandidateResumes", LinkedInErrorId.TokenRejected, 3)]
    [InlineData(404, "/v2/tcrmCandidateResumes", LinkedInErrorId.NotFound, 3)]
    public async Task SyncAsync_AccessDenied_StopsImmediately(int status, string path, LinkedInErrorId id, int atMost)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = path, Times = int.MaxValue });
        ResumeInput[] inputs = fixture.Inputs(20);
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(inputs, fixture.Options(batchSize: 1, throttle: 1))
        );
        Assert.Equal(id, error.Id);
        Assert.Equal(20, fixture.Recorder.Outputs.Length);
        Assert.All(
            fixture.Recorder.Outputs,
            result => Assert.Equal(ResumeSyncOutcome.Pending, ((ResumeSyncResult)result).Outcome)
        );
        Assert.InRange(fixture.RequestsTo(path).Length, 1, atMost);

        fixture.Emulator.Faults.Clear();
        Assert.All(await fixture.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(20, fixture.Emulator.BlobCount);
    }

    [Theory]
    [InlineData("/v2/hireMediaUrl")]
    [InlineData("/ambry/")]
    public async Task SyncAsync_TenUploadsFailInRow_Stops(string path)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(500) with { PathPrefix = path, Times = int.MaxValue });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(fixture.Inputs(20), fixture.Options(throttle: 1))
        );
        Assert.Equal(LinkedInErrorId.ServerError, error.Id);
        Assert.Equal(10 * 5, fixture.RequestsTo(path).Length); // Each has five attempts.
        CandidateResumeSync status = fixture.Status();
        Assert.Equal((20, 0, 9, 11), (status.InputCount, status.Synced, status.Failed, status.Pending));
        Assert.Equal(20, fixture.Recorder.Outputs.Length);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task SyncAsync_LinksOfOneFileRejected_FailsAlone(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, _) => FileNumber(request) == 3 ? new HttpResponseMessage((HttpStatusCode)status) : null
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(
            fixture.Inputs(12),
            fixture.Options(throttle: 1),
            fixture.Connect(network: network)
        );
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.UploadRejected, status), (error.Id, error.StatusCode));
        Assert.Equal((ResumeSyncOutcome.Failed, status), (results[2].Outcome, results[2].StatusCode));
        Assert.All(results.Where((_, index) => index != 2), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(12 + 1, fixture.Links.Length); // One new link for the rejected file.
    }

    [Fact]
    public async Task SyncAsync_ServerFailsForOneRecord_FailsAlone()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (_, body) =>
                body.Contains("RC-7\"", StringComparison.Ordinal) || body.Contains("RC-31\"", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                    : null
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(
            fixture.Inputs(40),
            fixture.Options(),
            fixture.Connect(network: network)
        );
        Assert.Equal(
            ["C-7", "C-31"],
            results
                .Where(result => result is { Outcome: ResumeSyncOutcome.Failed, StatusCode: 500 })
                .Select(result => result.CandidateId)
        );
        Assert.Equal(38, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(40, fixture.Emulator.BlobCount);
    }

    [Fact]
    public async Task SyncAsync_FilesFailInEachRun_OthersAreSyncedEventually()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = fixture.Inputs(60);
        int failing = 30;
        using var network = new TamperingHandler(
            (request, _) => FileNumber(request) <= failing ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : null
        );
        LinkedInClient client = fixture.Connect(network: network);

        // Each run ends after ten of the failing files at the beginning, until one reaches the others.
        foreach (int inSync in new[] { 0, 0, 0, 30 })
        {
            await Assert.ThrowsAsync<LinkedInException>(() => fixture.SyncAsync(inputs, fixture.Options(throttle: 1), client));
            Assert.Equal(inSync, fixture.Status().InSync);
        }

        // The files that succeed now come after the last failure, not after the first permanent one.
        failing = 10;
        await fixture.SyncAsync(inputs, fixture.Options(throttle: 1), client);
        Assert.Equal((50, 10), (fixture.Status().InSync, fixture.Status().Failed));
    }

    [Fact]
    public async Task SyncAsync_FailuresBetweenSuccesses_DoNotStop()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, _) =>
                request.RequestUri!.Query.Contains("filename=1", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                    : null
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(
            Enumerable
                .Range(0, 24)
                .Select(number =>
                    ResumeSyncFixture.Input($"{number}", fixture.Write(number % 3 == 0 ? $"0-{number}.txt" : $"1-{number}.txt"))
                ),
            fixture.Options(throttle: 1),
            fixture.Connect(network: network)
        );
        Assert.Equal(8, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(16, results.Count(result => result is { Outcome: ResumeSyncOutcome.Failed, StatusCode: 500 }));
    }

    [Fact]
    public async Task SyncAsync_UnchangedRecords_DoNotResetFailures()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeInput[] known = fixture.Inputs(20);
        await fixture.SyncAsync(known);
        fixture.Emulator.Faults.Add(Fault.Status(500) with { PathPrefix = "/v2/hireMediaUrl", Times = int.MaxValue });
        IEnumerable<ResumeInput> mixed = known.SelectMany(
            (input, index) => new[] { input, ResumeSyncFixture.Input($"new-{index}", fixture.Write($"new-{index}.txt")) }
        );
        await Assert.ThrowsAsync<LinkedInException>(() => fixture.SyncAsync(mixed, fixture.Options(throttle: 1)));
        Assert.Equal(9, fixture.Status().Failed);
    }

    [Fact]
    public async Task SyncAsync_AllUploadsRejected_StopsEarly()
    {
        // For example, the contract doesn't belong to this application.
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/v2/hireMediaUrl", Times = int.MaxValue });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(fixture.Inputs(200), fixture.Options(throttle: 1))
        );
        Assert.Equal(LinkedInErrorId.BadRequest, error.Id);
        Assert.Equal(100, fixture.Links.Length);
        Assert.Equal((99, 101), (fixture.Status().Failed, fixture.Status().Pending));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task SyncAsync_BatchFailsPermanently_StopsAndKeepsUploads(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = "/v2/tcrmCandidateResumes", Times = int.MaxValue });
        ResumeInput[] inputs = fixture.Inputs(30);
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            fixture.SyncAsync(inputs, fixture.Options(batchSize: 10))
        );
        Assert.Equal(LinkedInErrorId.ServerError, error.Id);

        // The batch was split down to single records to find the cause, with five attempts for each half.
        Assert.Equal(10 * 5, fixture.Batches.Length);
        Assert.Equal((4, 26), (fixture.Status().Failed, fixture.Status().Pending));

        fixture.Emulator.Faults.Clear();
        int uploads = fixture.Uploads.Length;
        Assert.All(await fixture.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(30, fixture.Emulator.BlobCount);
        Assert.Equal(30 - uploads, fixture.Uploads.Length - uploads);
    }

    /// <summary>
    /// Gets the number of a file of <see cref="ResumeSyncFixture.Inputs"/> from its upload, or null for another request.
    /// </summary>
    private static int? FileNumber(HttpRequestMessage request) =>
        Regex.Match(request.RequestUri!.Query, @"filename=(\d+)\.txt$") is { Success: true } found
            ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;
}
