using FsCheck;
using FsCheck.Fluent;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Quotas.Shared;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Resumes.Quotas.Shared;

[Collection(nameof(Alone))]
public sealed class QuotaFileTests : IDisposable
{
    private const long Today = 20_518; // 2026-03-06

    private readonly SimulatedTimeProvider _time = new(ServerClock.GetStartOfDay(Today).AddHours(23));
    private readonly RecordingOutput _recorder = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task AcquireAsync_ProcessesInTurn_NeverSendMoreThanTheDayAllows()
    {
        DailyRequestQuota[] processes = [CreateRequests(1000), CreateRequests(1000), CreateRequests(1000)];
        var sent = new int[processes.Length];
        for (int turn = 0; sent.Sum() < 1000; turn++)
        {
            int process = turn % processes.Length;
            try
            {
                await AcquireAsync(processes[process]);
                sent[process]++;
            }
            catch (LinkedInException error) when (error.Id == LinkedInErrorId.DailyQuotaExceeded)
            {
                Assert.InRange(sent.Sum(), 1000 - (2 * 100), 1000); // The others have taken the rest.
            }
        }

        foreach (DailyRequestQuota process in processes)
        {
            Assert.Equal(1000, process.UsedToday);
            await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(process));
        }
    }

    [Fact]
    public async Task Flush_UnusedRequests_CanBeUsedByOthers()
    {
        DailyRequestQuota first = CreateRequests(100);
        await AcquireAsync(first);
        first.Flush();
        DailyRequestQuota second = CreateRequests(100);
        Assert.Equal(1, second.UsedToday);
        for (int request = 0; request < 99; request++)
            await AcquireAsync(second);
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(first));
    }

    [Fact]
    public async Task Flush_QuotaOfRun_ReturnsRequestsOfConnection()
    {
        DailyRequestQuota connection = CreateRequests(100);
        var run = new DailyRequestQuota(connection, new FakeQuotaStore());
        await AcquireAsync(run);
        run.Flush();
        Assert.Equal(1, CreateFile().GetTakenRequests(Today));
    }

    [Fact]
    public async Task AcquireAsync_OthersUsedTheDay_IsSavedForTheNextRun()
    {
        CreateRequests(100).MarkExhausted();
        foreach (bool isUpload in new[] { true, false })
        {
            var store = new FakeQuotaStore();
            var run = new DailyRequestQuota(CreateRequests(100), store);
            await Assert.ThrowsAsync<LinkedInException>(() =>
                isUpload ? run.ReserveAsync(2, _recorder, default) : AcquireAsync(run)
            );
            Assert.Equal((Today, 100), store.Saved[^1]);
        }
    }

    [Fact]
    public async Task ReserveAsync_OthersUsedMost_LeavesTheRestForBatches()
    {
        DailyRequestQuota others = CreateRequests(100);
        for (int request = 0; request < 90; request++)
            await AcquireAsync(others);
        others.Flush();
        var run = new DailyRequestQuota(CreateRequests(100), new FakeQuotaStore());
        run.SetReservedForBatches(8);
        await AcquireAsync(run);
        await Assert.ThrowsAsync<LinkedInException>(() => run.ReserveAsync(2, _recorder, default));
    }

    [Fact]
    public async Task ReserveAsync_OthersUseTheRestLater_KeepsRequestsForBatches()
    {
        var run = new DailyRequestQuota(CreateRequests(1000), new FakeQuotaStore());
        run.SetReservedForBatches(40);
        using (await run.ReserveAsync(2, _recorder, default))
        {
            DailyRequestQuota other = CreateRequests(1000);
            await Assert.ThrowsAsync<LinkedInException>(async () =>
            {
                while (true)
                    await AcquireAsync(other);
            });
        }

        for (int request = 0; request < 42; request++)
            await AcquireAsync(run);
    }

    [Fact]
    public async Task MarkExhausted_OneProcess_StopsTheOthers()
    {
        DailyRequestQuota first = CreateRequests(100);
        first.MarkExhausted();
        await Assert.ThrowsAsync<LinkedInException>(() => AcquireAsync(CreateRequests(100)));
    }

    [Fact]
    public async Task AcquireAsync_NextDay_HasAllRequests()
    {
        DailyRequestQuota first = CreateRequests(100);
        first.MarkExhausted();
        await _time.RunAsync(() => _time.Delay(2 * 3_600_000));
        await AcquireAsync(CreateRequests(100));
        Assert.Equal(1, CreateRequests(100).UsedToday - 5); // 1/16 of the day's requests were taken, and one is used.
    }

    [Fact]
    public async Task AcquireAsync_OtherApplication_HasOtherQuota()
    {
        CreateRequests(100).MarkExhausted();
        var other = new QuotaFile(FileSystem.Real, _folder.FullName, "api.test", "other", _time);
        await AcquireAsync(CreateRequests(100, other));
        Assert.DoesNotContain(_folder.GetFiles(), file => file.Name.Contains("other", StringComparison.Ordinal));
    }

    [Fact]
    public void AcquireRecords_AnyProcesses_NoMinuteHasMoreThanTheLimit() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20),
            Prop.ForAll(
                Gen.Choose(1, 60).ListOf(12).ToArbitrary(),
                sizes =>
                {
                    foreach (FileInfo file in _folder.GetFiles())
                        file.Delete();
                    var sent = new List<(TimeSpan At, int Records)>();
                    _time.RunAsync(() => Task.WhenAll(sizes.Select(size => SendAsync(size, sent)))).GetAwaiter().GetResult();
                    Assert.Equal(sizes.Count, sent.Count);
                    foreach ((TimeSpan start, _) in sent)
                    {
                        IEnumerable<(TimeSpan At, int Records)> minute = sent.Where(batch =>
                            batch.At >= start && batch.At < start + TimeSpan.FromMinutes(1)
                        );
                        Assert.InRange(minute.Sum(batch => batch.Records), 1, 100);
                    }
                }
            )
        );

    [Fact]
    public Task AcquireRecords_OtherProcessEndedDuringBatch_CountsItForSixMinutes() =>
        _time.RunAsync(async () =>
        {
            await CreateRecords().AcquireAsync(100, default);
            using RecordRateLimiter.Lease lease = await CreateRecords().AcquireAsync(1, default);
            Assert.Equal(6, _time.Elapsed.TotalMinutes, tolerance: 0.01);
        });

    [Fact]
    public Task AcquireRecords_ClockSetBack_WaitsOneMinute() =>
        _time.RunAsync(async () =>
        {
            (await CreateRecords().AcquireAsync(100, default)).Dispose();
            _time.Set(TimeSpan.FromHours(-1));
            (await CreateRecords().AcquireAsync(100, default)).Dispose();
            Assert.Equal(1, _time.Elapsed.TotalMinutes, tolerance: 0.02);
        });

    [Fact]
    public async Task AcquireAsync_FolderCannotBeCreated_ContinuesWithOneWarning()
    {
        string path = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(path, "");
        var file = new QuotaFile(FileSystem.Real, Path.Combine(path, "folder"), "api.test", "app", _time);
        var quota = new ResumeQuota(100, 300, _time, file);
        for (int batch = 0; batch < 2; batch++)
            (await quota.LimitBatch(10).AcquireAsync(_recorder, default)).Dispose();
        string warning = Assert.Single(_recorder.Warnings);
        Assert.StartsWith("LinkedIn's quotas are not shared with other processes", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcquireAsync_DamagedFile_BeginsAnewWithWarning()
    {
        CreateRequests(100).MarkExhausted();
        FileInfo damaged = Assert.Single(_folder.GetFiles());
        File.WriteAllText(damaged.FullName, "{\"requests\":{\"20518\":");
        var quota = new ResumeQuota(100, 300, _time, CreateFile());
        (await quota.LimitBatch(10).AcquireAsync(_recorder, default)).Dispose();
        Assert.Contains("was damaged", Assert.Single(_recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcquireAsync_NewFile_DeletesUnusedFilesOfOtherTokens()
    {
        string unused = Path.Combine(_folder.FullName, "quota-0123456789abcdef.json");
        string used = Path.Combine(_folder.FullName, "quota-fedcba9876543210.json");
        string other = Path.Combine(_folder.FullName, "jobs.jsonl");
        foreach (string path in new[] { unused, used, other })
            File.WriteAllText(path, "{}");
        foreach (string path in new[] { unused, other })
            File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime.AddDays(-8));
        File.SetLastWriteTimeUtc(used, _time.GetUtcNow().UtcDateTime);
        await AcquireAsync(CreateRequests(100));
        Assert.Equal([false, true, true], new[] { unused, used, other }.Select(File.Exists));
    }

    private QuotaFile CreateFile() => new(FileSystem.Real, _folder.FullName, "api.test", "app", _time);

    /// <summary>Creates the quota of a process.</summary>
    private DailyRequestQuota CreateRequests(int limit, ISharedQuota? file = null) =>
        new(limit, new ServerClock(_time), _time, new RequestAllowance(file ?? CreateFile()));

    /// <summary>Creates the limiter of a process.</summary>
    private RecordRateLimiter CreateRecords() => new(100, _time, CreateFile());

    private async Task SendAsync(int records, List<(TimeSpan At, int Records)> sent)
    {
        using RecordRateLimiter.Lease lease = await CreateRecords().AcquireAsync(records, default);
        await _time.Delay(records * 100);
        lock (sent)
            sent.Add((_time.Elapsed, records));
    }

    private Task<long> AcquireAsync(DailyRequestQuota quota) => quota.AcquireAsync(null, _recorder, CancellationToken.None);
}
