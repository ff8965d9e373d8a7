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
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(
            new EmulatorOptions
            {
                TimeProvider = time,
                RequestsPerDay = 25,
                DailyQuota = QuotaScope.HireMediaUrl | QuotaScope.CandidateResumes | QuotaScope.Uploads,
            }
        );
        LinkedInClient client = fixture.Connect(time: time, requestsPerDay: 25);
        ResumeInput[] inputs = fixture.Inputs(30);
        int synced = 0;
        for (int day = 1; synced < 30; day++)
        {
            ResumeSyncResult[] results = await fixture.SyncAsync(inputs, fixture.Options(batchSize: 5, throttle: 1), client);
            int now = results.Count(result => result.Outcome == ResumeSyncOutcome.Synced);
            int pending = results.Count(result => result.Outcome == ResumeSyncOutcome.Pending);
            Assert.Equal(30, synced + now + pending);
            Assert.Equal(synced, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
            synced += now;

            // The last requests of the day are used for the files that were uploaded.
            Assert.Equal(0, fixture.Status(time.GetUtcNow()).UploadedNotLinked);
            Assert.Equal(0, fixture.Emulator.Quota.RefusedByQuota);
            Assert.Empty(fixture.Recorder.Errors);
            if (pending > 0)
            {
                Assert.InRange(now, 9, 11);
                Assert.Contains(
                    $"more from 2026-03-0{day + 4} 00:00 UTC. The remaining records are pending",
                    Assert.Single(fixture.Recorder.Warnings),
                    StringComparison.Ordinal
                );
                Assert.All(
                    results.Where(result => result.Outcome == ResumeSyncOutcome.Pending),
                    result => Assert.Contains("00:00 UTC", result.Reason, StringComparison.Ordinal)
                );
            }

            // A second run in another process uses what is left, at most one record.
            int requests = fixture.Emulator.Requests.Count;
            using (LinkedInClient other = fixture.Connect(time: time, requestsPerDay: 25))
                results = await fixture.SyncAsync(inputs, fixture.Options(batchSize: 5, throttle: 1), other);
            now = results.Count(result => result.Outcome == ResumeSyncOutcome.Synced);
            Assert.Equal((3 * now, true), (fixture.Emulator.Requests.Count - requests, now <= 1));
            synced += now;
            time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(30, fixture.Uploads.Length);
        Assert.All(fixture.Emulator.Quota.RequestsPerDay.Values, used => Assert.InRange(used, 1, 25));
        Assert.Equal(3, fixture.Emulator.Quota.RequestsPerDay.Count);
    }

    [Fact]
    public async Task ReadLedger_DailyQuotaExceeded_HasNextRunAt()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 22, 30, 0, TimeSpan.Zero));
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new EmulatorOptions { TimeProvider = time });
        string blob = fixture.AddBlob();
        LinkedInClient client = fixture.Connect(time: time, requestsPerDay: 2);
        await fixture.SyncAsync(
            Enumerable.Range(1, 5).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob)),
            fixture.Options(batchSize: 1, throttle: 1),
            client
        );

        CandidateResumeSync status = fixture.Status(time.GetUtcNow());
        Assert.Equal((5, 2, 3), (status.InputCount, status.Synced, status.Pending));
        Assert.Equal((2, 2), (status.RequestsToday, status.RequestsPerDay));
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero), status.NextRunAt);

        status = fixture.Status(time.GetUtcNow().AddHours(2));
        Assert.Equal((0, null), (status.RequestsToday, status.NextRunAt));
    }

    [Fact]
    public async Task SyncAsync_ServerReportsDailyQuotaExceeded_LeavesRestPending()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync(new EmulatorOptions { RequestsPerDay = 12 });
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(30), fixture.Options(batchSize: 5, throttle: 1));
        Assert.Equal(30, results.Length);
        Assert.All(results, result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Pending));
        Assert.Contains("requests of the day are used", Assert.Single(fixture.Recorder.Warnings), StringComparison.Ordinal);
        CandidateResumeSync status = fixture.Status();
        Assert.Equal(100_000, status.RequestsToday);
        Assert.NotNull(status.NextRunAt);

        // The next run of the day reads it from the ledger.
        int requests = fixture.Emulator.Requests.Count;
        await fixture.SyncAsync(fixture.Inputs(30));
        Assert.Equal(requests, fixture.Emulator.Requests.Count);
    }

    [Fact]
    public async Task SyncAsync_CanceledAnywhere_NextRunCompletes()
    {
        var chance = new Random(11);
        for (int round = 0; round < 25; round++)
        {
            await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
            ResumeInput[] inputs = fixture.Inputs(40);
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
            ResumeSyncOptions options = fixture.Options(batchSize: 10, throttle: chance.Next(1, 9));
            try
            {
                await fixture.SyncAsync(inputs, options, fixture.Connect(network: network), stop.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(stop.IsCancellationRequested);
            }

            int known = fixture.Recorder.Outputs.Length;
            Assert.All(
                fixture.Recorder.Outputs,
                result => Assert.Equal(ResumeSyncOutcome.Synced, ((ResumeSyncResult)result).Outcome)
            );
            ResumeSyncResult[] results = await fixture.SyncAsync(inputs, options);
            Assert.All(results, result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Unchanged));
            Assert.InRange(results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged), known, known + 10);
            Assert.Equal(40, fixture.Emulator.ResumeCount);
            Assert.All(fixture.Emulator.Resumes, resume => Assert.InRange(resume.TimesWritten, 1, 2));
            Assert.InRange(fixture.Emulator.BlobCount, 40, 40 + options.ThrottleLimit);
            Assert.Equal((40, 0), (fixture.Status().InSync, fixture.Status().Pending));
        }
    }

    [Fact]
    public async Task SyncAsync_DiskFull_StopsAndNextRunContinues()
    {
        for (int full = 1; full < 50; full += 7)
        {
            await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
            ResumeInput[] inputs = fixture.Inputs(20);
            var disk = new FaultyFileSystem { Fails = (operation, number) => operation == "Write" && number >= full };
            LinkedInClient client = fixture.Connect(files: disk);
            LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
                fixture.SyncAsync(inputs, fixture.Options(batchSize: 5), client)
            );
            Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);

            Assert.All(
                await fixture.SyncAsync(inputs),
                result => Assert.True(result.Outcome is ResumeSyncOutcome.Synced or ResumeSyncOutcome.Unchanged)
            );
            Assert.Equal(20, fixture.Emulator.ResumeCount);
            Assert.All(fixture.Emulator.Resumes, resume => Assert.InRange(resume.TimesWritten, 1, 2));
            Assert.InRange(fixture.Emulator.BlobCount, 20, 20 + 8);
            Assert.Equal((20, 0), (fixture.Status().InSync, fixture.Status().Pending));
        }
    }

    [Fact]
    public async Task SyncAsync_LedgerInUse_ThrowsLedgerInUse()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using ResumeSync first = fixture.Client.CandidateResumes.CreateSync(fixture.Options());
        Assert.Equal(
            LinkedInErrorId.LedgerInUse,
            Assert.Throws<LinkedInException>(() => fixture.Client.CandidateResumes.CreateSync(fixture.Options())).Id
        );
        foreach (ResumeInput input in fixture.Inputs(3))
            first.Add(input);
        await first.SyncAsync(fixture.Recorder, CancellationToken.None).RecordAsync(fixture.Recorder);
        Assert.Equal(3, fixture.Emulator.ResumeCount);
    }
}
