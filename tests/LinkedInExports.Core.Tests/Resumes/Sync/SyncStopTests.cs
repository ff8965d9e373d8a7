using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Runs that end early, and the run after.</summary>
public sealed class SyncStopTests
{
    [Fact]
    public async Task Sync_DailyQuotaExceeded_LeavesRestPendingWithTime()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 22, 30, 0, TimeSpan.Zero));
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(
            new EmulatorOptions
            {
                TimeProvider = time,
                RequestsPerDay = 25,
                DailyQuota = QuotaScope.HireMediaUrl | QuotaScope.CandidateResumes | QuotaScope.Uploads,
            }
        );
        LinkedInClient client = bench.Connect(time: time, requestsPerDay: 25);
        ResumeInput[] inputs = bench.Inputs(30);
        int synced = 0;
        for (int day = 1; synced < 30; day++)
        {
            ResumeSyncResult[] results = await bench.SyncAsync(inputs, bench.Options(batchSize: 5, throttle: 1), client);
            int now = results.Count(result => result.Outcome == ResumeSyncOutcome.Synced);
            int pending = results.Count(result => result.Outcome == ResumeSyncOutcome.Pending);
            Assert.Equal(30, synced + now + pending);
            Assert.Equal(synced, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
            synced += now;

            // Files that were uploaded are tied to their candidates with the last requests of the day.
            Assert.Equal(0, bench.Status(time.GetUtcNow()).UploadedNotLinked);
            Assert.Equal(0, bench.Emulator.Quota.RefusedByQuota);
            Assert.Empty(bench.Recorder.Errors);
            if (pending > 0)
            {
                Assert.InRange(now, 9, 11);
                Assert.Contains(
                    $"more from 2026-03-0{day + 4} 00:00 UTC. The remaining records are pending",
                    Assert.Single(bench.Recorder.Warnings),
                    StringComparison.Ordinal
                );
                Assert.All(
                    results.Where(result => result.Outcome == ResumeSyncOutcome.Pending),
                    result => Assert.Contains("00:00 UTC", result.Reason, StringComparison.Ordinal)
                );
            }

            // At once again, in a process of its own: it has what is left, and that is one record at most.
            int requests = bench.Emulator.Requests.Count;
            using (LinkedInClient other = bench.Connect(time: time, requestsPerDay: 25))
                results = await bench.SyncAsync(inputs, bench.Options(batchSize: 5, throttle: 1), other);
            now = results.Count(result => result.Outcome == ResumeSyncOutcome.Synced);
            Assert.Equal((3 * now, true), (bench.Emulator.Requests.Count - requests, now <= 1));
            synced += now;
            time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(30, bench.Uploads.Length);
        Assert.All(bench.Emulator.Quota.RequestsPerDay.Values, used => Assert.InRange(used, 1, 25));
        Assert.Equal(3, bench.Emulator.Quota.RequestsPerDay.Count);
    }

    [Fact]
    public async Task ReadLedger_DailyQuotaExceeded_HasNextRunAt()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 22, 30, 0, TimeSpan.Zero));
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(new EmulatorOptions { TimeProvider = time });
        string blob = bench.AddBlob();
        LinkedInClient client = bench.Connect(time: time, requestsPerDay: 2);
        await bench.SyncAsync(
            Enumerable.Range(1, 5).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob)),
            bench.Options(batchSize: 1, throttle: 1),
            client
        );

        CandidateResumeSync status = bench.Status(time.GetUtcNow());
        Assert.Equal((5, 2, 3), (status.InputCount, status.Synced, status.Pending));
        Assert.Equal((2, 2), (status.RequestsToday, status.RequestsPerDay));
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero), status.NextRunAt);

        status = bench.Status(time.GetUtcNow().AddHours(2));
        Assert.Equal((0, null), (status.RequestsToday, status.NextRunAt));
    }

    [Fact]
    public async Task Sync_ServerReportsDailyQuotaExceeded_LeavesRestPending()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(new EmulatorOptions { RequestsPerDay = 12 });
        ResumeSyncResult[] results = await bench.SyncAsync(bench.Inputs(30), bench.Options(batchSize: 5, throttle: 1));
        Assert.Equal(30, results.Length);
        Assert.All(results, result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Pending));
        Assert.Contains("requests of the day are used", Assert.Single(bench.Recorder.Warnings), StringComparison.Ordinal);
        CandidateResumeSync status = bench.Status();
        Assert.Equal(100_000, status.RequestsToday);
        Assert.NotNull(status.NextRunAt);

        // The next run of the day knows.
        int requests = bench.Emulator.Requests.Count;
        await bench.SyncAsync(bench.Inputs(30));
        Assert.Equal(requests, bench.Emulator.Requests.Count);
    }

    [Theory]
    [InlineData(403, "/v2/hireMediaUrl", LinkedInErrorId.AccessDenied, 1)]
    [InlineData(401, "/v2/hireMediaUrl", LinkedInErrorId.TokenRejected, 1)]
    [InlineData(404, "/v2/hireMediaUrl", LinkedInErrorId.NotFound, 1)]
    [InlineData(403, "/v2/tcrmCandidateResumes", LinkedInErrorId.AccessDenied, 3)]
    [InlineData(401, "/v2/tcrmCandidateResumes", LinkedInErrorId.TokenRejected, 3)]
    [InlineData(404, "/v2/tcrmCandidateResumes", LinkedInErrorId.NotFound, 3)]
    public async Task Sync_AccessDenied_StopsImmediately(int status, string path, LinkedInErrorId id, int atMost)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = path, Times = int.MaxValue });
        ResumeInput[] inputs = bench.Inputs(20);
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            bench.SyncAsync(inputs, bench.Options(batchSize: 1, throttle: 1))
        );
        Assert.Equal(id, error.Id);
        Assert.Equal(20, bench.Recorder.Outputs.Length);
        Assert.All(bench.Recorder.Outputs, result => Assert.Equal(ResumeSyncOutcome.Pending, ((ResumeSyncResult)result).Outcome));
        Assert.InRange(bench.RequestsTo(path).Length, 1, atMost);

        bench.Emulator.Faults.Clear();
        Assert.All(await bench.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(20, bench.Emulator.BlobCount);
    }

    [Theory]
    [InlineData("/v2/hireMediaUrl")]
    [InlineData("/ambry/")]
    public async Task Sync_TenUploadsFailInRow_Stops(string path)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(500) with { PathPrefix = path, Times = int.MaxValue });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            bench.SyncAsync(bench.Inputs(20), bench.Options(throttle: 1))
        );
        Assert.Equal(LinkedInErrorId.ServerError, error.Id);
        Assert.Equal(10 * 5, bench.RequestsTo(path).Length); // Each was tried five times.
        CandidateResumeSync status = bench.Status();
        Assert.Equal((20, 0, 9, 11), (status.InputCount, status.Synced, status.Failed, status.Pending));
        Assert.Equal(20, bench.Recorder.Outputs.Length);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Sync_LinksOfOneFileRejected_FailsAlone(int status)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, _) => FileNumber(request) == 3 ? new HttpResponseMessage((HttpStatusCode)status) : null
        );
        ResumeSyncResult[] results = await bench.SyncAsync(
            bench.Inputs(12),
            bench.Options(throttle: 1),
            bench.Connect(network: network)
        );
        LinkedInException error = Assert.Single(bench.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.UploadRejected, status), (error.Id, error.StatusCode));
        Assert.Equal((ResumeSyncOutcome.Failed, status), (results[2].Outcome, results[2].StatusCode));
        Assert.All(results.Where((_, index) => index != 2), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(12 + 1, bench.Links.Length); // One fresh link for it.
    }

    [Fact]
    public async Task Sync_ServerFailsForOneRecord_FailsAlone()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (_, body) =>
                body.Contains("RC-7\"", StringComparison.Ordinal) || body.Contains("RC-31\"", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                    : null
        );
        ResumeSyncResult[] results = await bench.SyncAsync(bench.Inputs(40), bench.Options(), bench.Connect(network: network));
        Assert.Equal(
            ["C-7", "C-31"],
            results
                .Where(result => result is { Outcome: ResumeSyncOutcome.Failed, StatusCode: 500 })
                .Select(result => result.CandidateId)
        );
        Assert.Equal(38, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(40, bench.Emulator.BlobCount);
    }

    [Fact]
    public async Task Sync_FilesFailInEachRun_OthersAreSyncedEventually()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] inputs = bench.Inputs(60);
        int failing = 30;
        using var network = new TamperingHandler(
            (request, _) => FileNumber(request) <= failing ? new HttpResponseMessage(HttpStatusCode.InternalServerError) : null
        );
        LinkedInClient client = bench.Connect(network: network);

        // Each run ends at ten more of those at the head, until it gets to the others.
        foreach (int inSync in new[] { 0, 0, 0, 30 })
        {
            await Assert.ThrowsAsync<LinkedInException>(() => bench.SyncAsync(inputs, bench.Options(throttle: 1), client));
            Assert.Equal(inSync, bench.Status().InSync);
        }

        // Those that are healed wait behind the last that failed, not behind the first that always will.
        failing = 10;
        await bench.SyncAsync(inputs, bench.Options(throttle: 1), client);
        Assert.Equal((50, 10), (bench.Status().InSync, bench.Status().Failed));
    }

    [Fact]
    public async Task Sync_FailuresBetweenSuccesses_DoNotStop()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, _) =>
                request.RequestUri!.Query.Contains("filename=1", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                    : null
        );
        ResumeSyncResult[] results = await bench.SyncAsync(
            Enumerable
                .Range(0, 24)
                .Select(number =>
                    ResumeSyncFixture.Input($"{number}", bench.Write(number % 3 == 0 ? $"0-{number}.txt" : $"1-{number}.txt"))
                ),
            bench.Options(throttle: 1),
            bench.Connect(network: network)
        );
        Assert.Equal(8, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        Assert.Equal(16, results.Count(result => result is { Outcome: ResumeSyncOutcome.Failed, StatusCode: 500 }));
    }

    [Fact]
    public async Task Sync_UnchangedRecords_DoNotResetFailures()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        ResumeInput[] known = bench.Inputs(20);
        await bench.SyncAsync(known);
        bench.Emulator.Faults.Add(Fault.Status(500) with { PathPrefix = "/v2/hireMediaUrl", Times = int.MaxValue });
        IEnumerable<ResumeInput> mixed = known.SelectMany(
            (input, index) => new[] { input, ResumeSyncFixture.Input($"new-{index}", bench.Write($"new-{index}.txt")) }
        );
        await Assert.ThrowsAsync<LinkedInException>(() => bench.SyncAsync(mixed, bench.Options(throttle: 1)));
        Assert.Equal(9, bench.Status().Failed);
    }

    [Fact]
    public async Task Sync_AllUploadsRejected_StopsEarly()
    {
        // The contract is not one of this application's, say.
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/v2/hireMediaUrl", Times = int.MaxValue });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            bench.SyncAsync(bench.Inputs(200), bench.Options(throttle: 1))
        );
        Assert.Equal(LinkedInErrorId.BadRequest, error.Id);
        Assert.Equal(100, bench.Links.Length);
        Assert.Equal((99, 101), (bench.Status().Failed, bench.Status().Pending));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Sync_BatchFailsPermanently_StopsAndKeepsUploads(int status)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = "/v2/tcrmCandidateResumes", Times = int.MaxValue });
        ResumeInput[] inputs = bench.Inputs(30);
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            bench.SyncAsync(inputs, bench.Options(batchSize: 10))
        );
        Assert.Equal(LinkedInErrorId.ServerError, error.Id);

        // It was halved down to single records, to see whether one of them is the reason, and each half tried five times.
        Assert.Equal(10 * 5, bench.Batches.Length);
        Assert.Equal((4, 26), (bench.Status().Failed, bench.Status().Pending));

        bench.Emulator.Faults.Clear();
        int uploads = bench.Uploads.Length;
        Assert.All(await bench.SyncAsync(inputs), result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(30, bench.Emulator.BlobCount);
        Assert.Equal(30 - uploads, bench.Uploads.Length - uploads);
    }

    [Fact]
    public async Task Sync_CanceledAnywhere_NextRunCompletes()
    {
        var chance = new Random(11);
        for (int round = 0; round < 25; round++)
        {
            await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
            ResumeInput[] inputs = bench.Inputs(40);
            using var stop = new CancellationTokenSource();
            int left = chance.Next(1, 90);
            using var network = new TamperingHandler(
                (_, _) =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                        stop.Cancel();
                    return null;
                }
            );
            ResumeSyncOptions options = bench.Options(batchSize: 10, throttle: chance.Next(1, 9));
            try
            {
                await bench.SyncAsync(inputs, options, bench.Connect(network: network), stop.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(stop.IsCancellationRequested);
            }

            int known = bench.Recorder.Outputs.Length;
            Assert.All(
                bench.Recorder.Outputs,
                result => Assert.Equal(ResumeSyncOutcome.Synced, ((ResumeSyncResult)result).Outcome)
            );
            ResumeSyncResult[] results = await bench.SyncAsync(inputs, options);
            Assert.All(results, result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Unchanged));
            Assert.InRange(results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged), known, known + 10);
            Assert.Equal(40, bench.Emulator.ResumeCount);
            Assert.All(bench.Emulator.Resumes, resume => Assert.InRange(resume.TimesWritten, 1, 2));
            Assert.InRange(bench.Emulator.BlobCount, 40, 40 + options.ThrottleLimit);
            Assert.Equal((40, 0), (bench.Status().InSync, bench.Status().Pending));
        }
    }

    [Fact]
    public async Task Sync_DiskFull_StopsAndNextRunContinues()
    {
        for (int full = 1; full < 50; full += 7)
        {
            await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
            ResumeInput[] inputs = bench.Inputs(20);
            var disk = new FaultyFileSystem { Fails = (operation, number) => operation == "Write" && number >= full };
            LinkedInClient client = bench.Connect(files: disk);
            LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
                bench.SyncAsync(inputs, bench.Options(batchSize: 5), client)
            );
            Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);

            Assert.All(
                await bench.SyncAsync(inputs),
                result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Unchanged)
            );
            Assert.Equal(20, bench.Emulator.ResumeCount);
            Assert.All(bench.Emulator.Resumes, resume => Assert.InRange(resume.TimesWritten, 1, 2));
            Assert.InRange(bench.Emulator.BlobCount, 20, 20 + 8);
            Assert.Equal((20, 0), (bench.Status().InSync, bench.Status().Pending));
        }
    }

    [Fact]
    public async Task Sync_LedgerInUse_ThrowsLedgerInUse()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        using ResumeSync first = bench.Client.CandidateResumes.CreateSync(bench.Options());
        Assert.Equal(
            LinkedInErrorId.LedgerInUse,
            Assert.Throws<LinkedInException>(() => bench.Client.CandidateResumes.CreateSync(bench.Options())).Id
        );
        foreach (ResumeInput input in bench.Inputs(3))
            first.Add(input);
        await first.SyncAsync(bench.Recorder, CancellationToken.None).RecordAsync(bench.Recorder);
        Assert.Equal(3, bench.Emulator.ResumeCount);
    }

    /// <summary>Of an upload of a file of <see cref="ResumeSyncFixture.Inputs"/>: its number; of anything else null.</summary>
    private static int? FileNumber(HttpRequestMessage request) =>
        Regex.Match(request.RequestUri!.Query, @"filename=(\d+)\.txt$") is { Success: true } found
            ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;
}
