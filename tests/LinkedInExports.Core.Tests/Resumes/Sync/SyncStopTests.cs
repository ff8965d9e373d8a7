using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Quotas;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>Runs that end early, and the runs after them.</summary>
public sealed class SyncStopTests
{
    [Fact]
    public async Task SyncAsync_DailyQuotaExceeded_LeavesRestPendingWithTime()
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

            // The last requests of the day are used for the files that were uploaded.
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

            // A second run in another process uses what is left, at most one record.
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
    public async Task SyncAsync_ServerReportsDailyQuotaExceeded_LeavesRestPending()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync(new EmulatorOptions { RequestsPerDay = 12 });
        ResumeSyncResult[] results = await bench.SyncAsync(bench.Inputs(30), bench.Options(batchSize: 5, throttle: 1));
        Assert.Equal(30, results.Length);
        Assert.All(results, result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Pending));
        Assert.Contains("requests of the day are used", Assert.Single(bench.Recorder.Warnings), StringComparison.Ordinal);
        CandidateResumeSync status = bench.Status();
        Assert.Equal(100_000, status.RequestsToday);
        Assert.NotNull(status.NextRunAt);

        // The next run of the day reads it from the ledger.
        int requests = bench.Emulator.Requests.Count;
        await bench.SyncAsync(bench.Inputs(30));
        Assert.Equal(requests, bench.Emulator.Requests.Count);
    }

    [Fact]
    public async Task SyncAsync_CanceledAnywhere_NextRunCompletes()
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
    public async Task SyncAsync_DiskFull_StopsAndNextRunContinues()
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
    public async Task SyncAsync_LedgerInUse_ThrowsLedgerInUse()
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
}
