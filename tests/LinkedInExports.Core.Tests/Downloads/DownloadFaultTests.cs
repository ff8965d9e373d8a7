using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>
/// With any fault, a download ends with a complete, verified file, or with an error and no file with the final name.
/// </summary>
public sealed class DownloadFaultTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAsync_CutOnceAtAnyByte_Retries(bool chunked)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions(chunked));
        ExportJob job = await session.CreateAndWaitAsync();
        byte[] expected = session.Emulator.GetFileBytes(148, 1);
        for (int cut = 0; cut < expected.Length; cut++)
        {
            session.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await session.SaveAsync(job, force: true));
            Assert.Equal(expected, await File.ReadAllBytesAsync(file.Path));
        }

        Assert.Equal(2 * expected.Length, session.Downloads);
        Assert.Empty(session.Recorder.Errors);
        Assert.Equal(OnePartExport.FileNames, session.SavedFiles);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAsync_CutEveryTime_ReportsErrorWithoutFile(bool chunked)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions(chunked));
        ExportJob job = await session.CreateAndWaitAsync();
        int length = session.Emulator.GetFileBytes(148, 1).Length;
        for (int cut = 0; cut < length; cut += 7)
        {
            session.Emulator.Faults.Clear();
            session.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/", Times = int.MaxValue });
            Assert.Empty(await session.SaveAsync(job));
            Assert.Empty(session.SavedFiles);
        }

        Assert.All(session.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.DownloadIncomplete, error.Id));
    }

    [Fact]
    public async Task SaveAsync_EndsInsideRow_ReportsErrorEvenIfAnnouncedComplete()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await session.CreateAndWaitAsync();
        string text = System.Text.Encoding.UTF8.GetString(session.Emulator.GetFileBytes(148, 1));
        int lastRow = text.TrimEnd('\n').LastIndexOf('\n') + 1;
        int lastComma = text.LastIndexOf(',');

        // A row that is cut before its last comma lacks values. A row that is cut within its last value looks complete.
        for (int cut = lastRow + 1; cut <= lastComma; cut++)
        {
            session.Emulator.Faults.Add(Fault.ShortBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await session.SaveAsync(job, force: true));
            Assert.Equal(4, file.RowCount);
        }

        Assert.Contains(
            session.Recorder.VerboseLines,
            line => line.Contains("the last row is truncated", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task SaveAsync_DownloadStalls_RetriesThenFails(int at)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            OnePartExport.CreateOptions(),
            EmulatorFixture.ShortIdleTimeout
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.StallBody(at) with { PathPrefix = "/ambry/" });
        Assert.Single(await session.SaveAsync(job));

        session.Emulator.Faults.Add(Fault.StallBody(at) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job, force: true));
        Assert.Equal(LinkedInErrorId.DownloadStalled, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal(OnePartExport.FileNames, session.SavedFiles); // The existing file.
        session.AssertNoSecret(job);
    }

    public static TheoryData<Fault> TransientFaults =>
        [
            Fault.ResetBeforeEffect(),
            Fault.Status(500),
            Fault.Status(502, FaultBody.Html),
            Fault.Status(503, FaultBody.Empty),
            Fault.Status(504),
            Fault.Status(429),
            Fault.Status(429, retryAfter: TimeSpan.FromSeconds(1)),
            Fault.Status(429, retryAfter: TimeSpan.FromSeconds(1), retryAfterAsDate: true),
            Fault.ExpiredLink(),
            Fault.Status(403),
            Fault.Status(410),
            Fault.Latency(TimeSpan.FromMilliseconds(50)),
        ];

    [Theory]
    [MemberData(nameof(TransientFaults))]
    public async Task SaveAsync_TransientFault_Recovers(Fault fault)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(fault with { PathPrefix = "/ambry/" });
        Assert.Single(await session.SaveAsync(job));
        Assert.Empty(session.Recorder.Errors);
        Assert.Equal(OnePartExport.FileNames, session.SavedFiles);
    }

    public static TheoryData<Fault, LinkedInErrorId> PermanentFaults =>
        new()
        {
            { Fault.ResetBeforeEffect(), LinkedInErrorId.ConnectionFailed },
            { Fault.Status(500), LinkedInErrorId.ServerError },
            { Fault.Status(503, FaultBody.Html), LinkedInErrorId.ServerError },
            { Fault.Status(429), LinkedInErrorId.RateLimitExceeded },
            { Fault.Status(400), LinkedInErrorId.BadRequest },
            { Fault.ExpiredLink(), LinkedInErrorId.DownloadRejected },
            { Fault.Status(403), LinkedInErrorId.DownloadRejected },
            { Fault.HtmlInsteadOfCsv(), LinkedInErrorId.InvalidExportFile },
            { Fault.ShortBody(10), LinkedInErrorId.DownloadIncomplete },
            { Fault.ShortBody(0), LinkedInErrorId.DownloadIncomplete },
            { Fault.Redirect(new Uri("https://10.0.0.1/")), LinkedInErrorId.AddressNotAllowed },
            { Fault.Redirect(new Uri("http://127.0.0.1:1/")), LinkedInErrorId.AddressNotAllowed },
            { Fault.LeakySecret(), LinkedInErrorId.BadRequest },
        };

    [Theory]
    [MemberData(nameof(PermanentFaults))]
    public async Task SaveAsync_PermanentFault_ReportsErrorWithoutFile(Fault fault, LinkedInErrorId id)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(fault with { PathPrefix = "/ambry/", Times = int.MaxValue });

        Assert.Empty(await session.SaveAsync(job));

        LinkedInException error = Assert.Single(session.Recorder.Errors);
        Assert.Equal(id, error.Id);
        Assert.EndsWith(OnePartExport.FileName, error.Target, StringComparison.Ordinal);
        Assert.Empty(session.SavedFiles);
        session.AssertNoSecret(job);
    }

    [Fact]
    public async Task SaveAsync_RateLimited_DelaysOtherDownloads()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 3,
                RowsPerPart = 3,
            },
            new() { MaxServerDelay = TimeSpan.FromMilliseconds(400), BaseDelay = TimeSpan.FromMilliseconds(1) }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Status(429, retryAfter: TimeSpan.FromSeconds(30)) with { PathPrefix = "/ambry/" });
        Assert.Equal(3, (await session.SaveAsync(job, throttle: 1)).Length);
        DateTimeOffset[] times =
        [
            .. session
                .Emulator.Requests.Where(request => request.RawTarget.StartsWith("/ambry/", StringComparison.Ordinal))
                .Select(request => request.At),
        ];
        Assert.All(times.Skip(1), at => Assert.True(at - times[0] >= TimeSpan.FromMilliseconds(390)));
    }

    [Fact]
    public async Task SaveAsync_OnePartFails_SavesOtherParts()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 3,
                RowsPerPart = 3,
            }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/", Skip = 1 });
        Assert.Equal([1, 3], (await session.SaveAsync(job, throttle: 1)).Select(file => file.Part));
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(session.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_Canceled_DeletesPartialFileWithinOneSecond()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            OnePartExport.CreateOptions(),
            new() { IdleTimeout = TimeSpan.FromMinutes(5) }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.StallBody(50) with { PathPrefix = "/ambry/" });
        using var stop = new CancellationTokenSource();
        Task<SavedExportFile[]> saving = session.SaveAsync(job, cancellationToken: stop.Token);
        Assert.True(
            SpinWait.SpinUntil(() => session.SavedFiles is [OnePartExport.FileName + ".partial"], TimeSpan.FromSeconds(10))
        );

        long started = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(session.SavedFiles);
        Assert.Empty(session.Recorder.Errors);
    }
}
