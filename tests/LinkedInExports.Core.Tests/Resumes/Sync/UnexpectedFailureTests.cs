using System.Diagnostics;
using System.Globalization;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Ledger;
using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Tests.Resumes.Ledger;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

/// <summary>An unexpected exception fails one record, and no other.</summary>
public sealed class UnexpectedFailureTests
{
    [Fact]
    public async Task SyncAsync_UnexpectedExceptionForOneFile_FailsThatRecordAlone()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string token = fixture.Emulator.AccessToken;
        bool throws = true;
        using var network = new TamperingHandler((_, _) => null)
        {
            BeforeSending = request =>
            {
                if (throws && request.RequestUri!.Query.EndsWith("x-ambry-filename=3.txt", StringComparison.Ordinal))
                    throw new InvalidTimeZoneException($"Bearer {token} is not a zone.");
            },
        };
        LinkedInClient client = fixture.Connect(network: network);
        ResumeSyncResult[] results = await fixture.SyncAsync(fixture.Inputs(5), client: client);
        Assert.Equal("C-3", Assert.Single(results, result => result.Outcome == ResumeSyncOutcome.Failed).CandidateId);
        Assert.Equal(4, results.Count(result => result.Outcome == ResumeSyncOutcome.Synced));
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.InternalError, error.Id);
        Assert.Contains("candidate 'C-3'", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.InnerException);
        Assert.DoesNotContain(token, fixture.Recorder.GetAllText(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            token,
            string.Concat(Directory.GetFiles(fixture.Ledger).Select(File.ReadAllText)),
            StringComparison.Ordinal
        );

        throws = false;
        Assert.Equal(
            "C-3",
            Assert
                .Single(
                    await fixture.SyncAsync(fixture.Inputs(5), client: client),
                    result => result.Outcome == ResumeSyncOutcome.Synced
                )
                .CandidateId
        );
    }

    [Fact]
    public async Task SyncAsync_UnexpectedExceptionForOneBatch_FailsItsRecordsAlone()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (_, body) =>
                body.Contains("tcrmCandidateId=C-2&", StringComparison.Ordinal)
                    ? throw new InvalidTimeZoneException("No zone.")
                    : null
        );
        ResumeSyncResult[] results = await fixture.SyncAsync(
            fixture.Inputs(6),
            fixture.Options(batchSize: 2, throttle: 1),
            fixture.Connect(network: network)
        );
        Assert.Equal(
            ["C-1", "C-2"],
            results.Where(result => result.Outcome == ResumeSyncOutcome.Failed).Select(result => result.CandidateId)
        );
        Assert.Equal(4, fixture.Emulator.ResumeCount);
        Assert.All(fixture.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.InternalError, error.Id));
    }

    [Fact]
    public async Task RemoveAsync_UnexpectedExceptionForOneCall_FailsItsRecordsAlone()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeKey[] keys = [.. Enumerable.Range(1, 60).Select(number => ResumeSyncFixture.Key($"C-{number}"))];
        using var network = new TamperingHandler(
            (request, _) =>
                request.RequestUri!.Query.Contains("tcrmCandidateId=C-1&", StringComparison.Ordinal)
                    ? throw new InvalidTimeZoneException("No zone.")
                    : null
        );
        ResumeSyncResult[] results = await fixture.RemoveAsync(keys, fixture.Connect(network: network));
        int failed = results.Count(result => result.Outcome == ResumeSyncOutcome.Failed);
        Assert.InRange(failed, 10, 40);
        Assert.Equal(60 - failed, results.Count(result => result.Outcome == ResumeSyncOutcome.Unchanged));
    }

    [Fact]
    public async Task Uploader_UnexpectedExceptionForOneFile_FailsThatFileAlone()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler((_, _) => null)
        {
            BeforeSending = request =>
            {
                if (request.RequestUri!.Query.EndsWith("x-ambry-filename=b.txt", StringComparison.Ordinal))
                    throw new InvalidTimeZoneException("No zone.");
            },
        };
        ResumeUploader uploader = fixture
            .Connect(network: network)
            .CandidateResumes.CreateUploader(RecruiterContractUrn.Parse(ResumeSyncFixture.Contract), null, 2);
        var input = new InputBuffer<string>();
        foreach (string name in new[] { "a.txt", "b.txt", "c.txt" })
            input.Add(fixture.Write(name));
        input.CompleteAdding();
        await uploader.UploadAsync(input.ReadAllAsync(), fixture.Recorder, CancellationToken.None).RecordAsync(fixture.Recorder);
        Assert.Equal(2, fixture.Recorder.Outputs.Length);
        Assert.Equal(LinkedInErrorId.InternalError, Assert.Single(fixture.Recorder.Errors).Id);
    }

    /// <summary>Opening a named pipe would wait for a writer, without a way to cancel it.</summary>
    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // Windows has no pipes in folders.
    public async Task SyncAsync_FileIsNamedPipe_IsRejectedImmediately()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string pipe = fixture.Folder.File("pipe.txt");
        using (var made = Process.Start("mkfifo", pipe))
            await made.WaitForExitAsync();
        ResumeSyncResult[] results = await fixture.SyncAsync([.. fixture.Inputs(2), ResumeSyncFixture.Input("P", pipe)]);
        Assert.Equal(
            [ResumeSyncOutcome.Synced, ResumeSyncOutcome.Synced, ResumeSyncOutcome.Rejected],
            results.Select(result => result.Outcome)
        );
        Assert.Contains("not a regular file", results[2].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    [InlineData("ps-AF")]
    public async Task Output_OtherCalendar_HaveDatesOfTheGregorianOne(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var time = new FakeTimeProvider();
            var quota = new DailyRequestQuota(1, new ServerClock(time), time);
            await quota.AcquireAsync(null, new RecordingOutput(), default);
            LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
                quota.AcquireAsync(null, new RecordingOutput(), default)
            );
            Assert.Contains("2026-01-06 00:00 UTC", error.Message, StringComparison.Ordinal);
            Assert.Contains(
                "until 2026-01-05 08:00 UTC",
                new ResumeSyncPlan { Requests = 1, ExpectedEnd = time.GetUtcNow() }.ToString(),
                StringComparison.Ordinal
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A clock at the end of the calendar has no next day.</summary>
    [Fact]
    public async Task DailyRequestQuota_ClockAtEndOfCalendar_ThrowsNothingUnknown()
    {
        var time = new FakeTimeProvider(DateTimeOffset.MaxValue.AddHours(-1));
        var clock = new ServerClock(time);
        var quota = new DailyRequestQuota(1, clock, time);
        Assert.Equal(DateTimeOffset.MaxValue, quota.NextDay);
        await quota.AcquireAsync(null, new RecordingOutput(), default);
        Assert.Equal(
            LinkedInErrorId.DailyQuotaExceeded,
            (await Assert.ThrowsAsync<LinkedInException>(() => quota.AcquireAsync(null, new RecordingOutput(), default))).Id
        );

        using var file = new LedgerFixture();
        using (ResumeLedger ledger = file.Open())
        {
            ledger.Append(
                new LedgerEntry
                {
                    Type = LedgerEntryType.Requests,
                    Day = ServerClock.GetDay(DateTimeOffset.MaxValue),
                    Count = 10,
                    Limit = 10,
                }
            );
        }

        Assert.Equal(DateTimeOffset.MaxValue, CandidateResumeClient.ReadLedger(file.Folder, DateTimeOffset.MaxValue).NextRunAt);

        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using ResumeSync planner = fixture.Connect(time: time, requestsPerDay: 3).CandidateResumes.CreatePlan(fixture.Options());
        foreach (ResumeInput input in fixture.Inputs(10))
            planner.Add(input);
        Assert.Equal(
            DateTimeOffset.MaxValue,
            (await planner.PlanAsync(new RecordingOutput(), CancellationToken.None)).ExpectedEnd
        );
    }
}
