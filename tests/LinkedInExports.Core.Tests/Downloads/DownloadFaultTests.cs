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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions(chunked));
        ExportJob job = await fixture.CreateAndWaitAsync();
        byte[] expected = fixture.Emulator.GetFileBytes(148, 1);
        for (int cut = 0; cut < expected.Length; cut++)
        {
            fixture.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await fixture.SaveAsync(job, force: true));
            Assert.Equal(expected, await File.ReadAllBytesAsync(file.Path));
        }

        Assert.Equal(2 * expected.Length, fixture.Downloads);
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal(OnePartExport.FileNames, fixture.SavedFiles);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveAsync_CutEveryTime_ReportsErrorWithoutFile(bool chunked)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions(chunked));
        ExportJob job = await fixture.CreateAndWaitAsync();
        int length = fixture.Emulator.GetFileBytes(148, 1).Length;
        for (int cut = 0; cut < length; cut += 7)
        {
            fixture.Emulator.Faults.Clear();
            fixture.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/", Times = int.MaxValue });
            Assert.Empty(await fixture.SaveAsync(job));
            Assert.Empty(fixture.SavedFiles);
        }

        Assert.All(fixture.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.DownloadIncomplete, error.Id));
    }

    [Fact]
    public async Task SaveAsync_EndsInsideRow_ReportsErrorEvenIfAnnouncedComplete()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        string text = System.Text.Encoding.UTF8.GetString(fixture.Emulator.GetFileBytes(148, 1));
        int lastRow = text.TrimEnd('\n').LastIndexOf('\n') + 1;
        int lastComma = text.LastIndexOf(',');

        // A row that is cut before its last comma lacks values. A row that is cut within its last value looks complete.
        for (int cut = lastRow + 1; cut <= lastComma; cut++)
        {
            fixture.Emulator.Faults.Add(Fault.ShortBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await fixture.SaveAsync(job, force: true));
            Assert.Equal(4, file.RowCount);
        }

        Assert.Contains(
            fixture.Recorder.VerboseLines,
            line => line.Contains("the last row is truncated", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task SaveAsync_DownloadStalls_RetriesThenFails(int at)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            OnePartExport.CreateOptions(),
            EmulatorFixture.ShortIdleTimeout
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.StallBody(at) with { PathPrefix = "/ambry/" });
        Assert.Single(await fixture.SaveAsync(job));

        fixture.Emulator.Faults.Add(Fault.StallBody(at) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await fixture.SaveAsync(job, force: true));
        Assert.Equal(LinkedInErrorId.DownloadStalled, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Equal(OnePartExport.FileNames, fixture.SavedFiles); // The existing file.
        fixture.AssertNoSecret(job);
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(fault with { PathPrefix = "/ambry/" });
        Assert.Single(await fixture.SaveAsync(job));
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal(OnePartExport.FileNames, fixture.SavedFiles);
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(fault with { PathPrefix = "/ambry/", Times = int.MaxValue });

        Assert.Empty(await fixture.SaveAsync(job));

        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(id, error.Id);
        Assert.EndsWith(OnePartExport.FileName, error.Target, StringComparison.Ordinal);
        Assert.Empty(fixture.SavedFiles);
        fixture.AssertNoSecret(job);
    }

    [Fact]
    public async Task SaveAsync_RateLimited_DelaysOtherDownloads()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 3,
                RowsPerPart = 3,
            },
            new() { MaxServerDelay = TimeSpan.FromMilliseconds(400), BaseDelay = TimeSpan.FromMilliseconds(1) }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.Status(429, retryAfter: TimeSpan.FromSeconds(30)) with { PathPrefix = "/ambry/" });
        Assert.Equal(3, (await fixture.SaveAsync(job, throttle: 1)).Length);
        DateTimeOffset[] times =
        [
            .. fixture
                .Emulator.Requests.Where(request => request.RawTarget.StartsWith("/ambry/", StringComparison.Ordinal))
                .Select(request => request.At),
        ];
        Assert.All(times.Skip(1), at => Assert.True(at - times[0] >= TimeSpan.FromMilliseconds(390)));
    }

    [Fact]
    public async Task SaveAsync_OnePartFails_SavesOtherParts()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 3,
                RowsPerPart = 3,
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/", Skip = 1 });
        Assert.Equal([1, 3], (await fixture.SaveAsync(job, throttle: 1)).Select(file => file.Part));
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(fixture.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_Canceled_DeletesPartialFileWithinOneSecond()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            OnePartExport.CreateOptions(),
            new() { IdleTimeout = TimeSpan.FromMinutes(5) }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.StallBody(50) with { PathPrefix = "/ambry/" });
        using var stop = new CancellationTokenSource();
        Task<SavedExportFile[]> saving = fixture.SaveAsync(job, cancellationToken: stop.Token);
        Assert.True(
            SpinWait.SpinUntil(() => fixture.SavedFiles is [OnePartExport.FileName + ".partial"], TimeSpan.FromSeconds(10))
        );

        long started = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(fixture.SavedFiles);
        Assert.Empty(fixture.Recorder.Errors);
    }
}
