using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>
/// After a broken connection, a download resumes at the same byte if that is safe, and otherwise restarts.
/// </summary>
public sealed class ResumableDownloadTests
{
    private static EmulatorOptions Server(
        RangeSupport ranges = RangeSupport.Honest,
        FileValidator validator = FileValidator.ETag,
        bool chunked = false,
        int rows = 4
    ) =>
        new()
        {
            ProcessingTime = TimeSpan.Zero,
            Parts = 1,
            RowsPerPart = rows,
            Chunked = chunked,
            RangeSupport = ranges,
            FileValidator = validator,
        };

    private static RecordedRequest[] Downloads(EmulatorFixture fixture) =>
        [.. fixture.Emulator.Requests.Where(request => request.RawTarget.StartsWith("/ambry/", StringComparison.Ordinal))];

    /// <summary>The ranges of the requests: "all", or the first byte.</summary>
    private static string[] Asked(EmulatorFixture fixture) =>
        [
            .. Downloads(fixture)
                .Select(request => request.Header("Range")?.Replace("bytes=", "", StringComparison.Ordinal) ?? "all"),
        ];

    private static async Task AssertCompleteAsync(EmulatorFixture fixture, SavedExportFile file)
    {
        Assert.Equal(fixture.Emulator.GetFileBytes(148, 1), await File.ReadAllBytesAsync(file.Path));
        await ExportFileVerifier.RunAsync(file.Path, new RecordingOutput(), CancellationToken.None);
        Assert.Equal(2, fixture.SavedFiles.Length);
    }

    [Theory]
    [InlineData(FileValidator.ETag, false)]
    [InlineData(FileValidator.ETag, true)]
    [InlineData(FileValidator.LastModified, false)]
    public async Task SaveAsync_CutAtAnyByte_ResumesThere(FileValidator validator, bool chunked)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server(validator: validator, chunked: chunked));
        ExportJob job = await fixture.CreateAndWaitAsync();
        int length = fixture.Emulator.GetFileBytes(148, 1).Length;
        for (int cut = 1; cut < length; cut++)
        {
            fixture.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await fixture.SaveAsync(job, force: true));
            Assert.Equal(4, file.RowCount);
            await AssertCompleteAsync(fixture, file);
        }

        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal(Enumerable.Range(1, length - 1).SelectMany(cut => new[] { "all", $"{cut}-" }), Asked(fixture));
        string name = validator == FileValidator.ETag ? "ETag" : "Last-Modified";
        Assert.All(
            Downloads(fixture).Where(request => request.Header("Range") is not null),
            request => Assert.False(string.IsNullOrEmpty(request.Header("If-Range")), name)
        );
    }

    [Fact]
    public async Task SaveAsync_CutRepeatedly_ResumesEachTime()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server(rows: 20_000));
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.TruncateBody(200_000) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        SavedExportFile file = Assert.Single(await fixture.SaveAsync(job));
        Assert.Equal(20_000, file.RowCount);
        await AssertCompleteAsync(fixture, file);

        // Seven connections, of which only the last one is not cut.
        Assert.Equal(
            ["all", .. Enumerable.Range(1, (int)(file.Length / 200_000)).Select(n => $"{n * 200_000}-")],
            Asked(fixture)
        );
    }

    [Fact]
    public async Task SaveAsync_EveryConnectionBreaksImmediately_Fails()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.TruncateBody(1) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await fixture.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.DownloadIncomplete, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Empty(fixture.SavedFiles);
        Assert.InRange(fixture.Downloads, 5, 30);
    }

    [Fact]
    public async Task SaveAsync_ConnectionStalls_ResumesOverNewConnection()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server(), EmulatorFixture.ShortIdleTimeout);
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.StallBody(100) with { PathPrefix = "/ambry/" });
        await AssertCompleteAsync(fixture, Assert.Single(await fixture.SaveAsync(job)));
        Assert.Equal(["all", "100-"], Asked(fixture));
    }

    [Fact]
    public async Task SaveAsync_LinkExpiredDuringDownload_ResumesWithNewLink()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        fixture.Emulator.Faults.Add(Fault.ExpiredLink() with { PathPrefix = "/ambry/" });
        await AssertCompleteAsync(fixture, Assert.Single(await fixture.SaveAsync(job)));
        Assert.Equal(["all", "100-", "100-"], Asked(fixture));
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_RefreshedLinkRejected_ReportsDownloadRejected()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        fixture.Emulator.Faults.Add(Fault.ExpiredLink() with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await fixture.SaveAsync(job));
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.DownloadRejected, error.Id);
        Assert.Contains("was interrupted after 100 bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.SavedFiles);
    }

    [Theory]
    [InlineData(RangeSupport.None, FileValidator.None)]
    [InlineData(RangeSupport.Honest, FileValidator.None)] // Without a validator, the rest may belong to another version.
    [InlineData(RangeSupport.Honest, FileValidator.WeakETag)]
    [InlineData(RangeSupport.Honest, FileValidator.JustModified)]
    public async Task SaveAsync_ResumeUnsafe_RestartsWithoutRangeRequest(RangeSupport ranges, FileValidator validator)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server(ranges, validator));
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        await AssertCompleteAsync(fixture, Assert.Single(await fixture.SaveAsync(job)));
        Assert.Equal(["all", "all"], Asked(fixture));
    }

    [Theory]
    [InlineData(RangeSupport.Honest, FileValidator.ChangingETag)]
    [InlineData(RangeSupport.None, FileValidator.ETag)]
    [InlineData(RangeSupport.Ignored, FileValidator.ETag)]
    [InlineData(RangeSupport.Shifted, FileValidator.ETag)]
    [InlineData(RangeSupport.Unlabelled, FileValidator.ETag)]
    [InlineData(RangeSupport.Refused, FileValidator.ETag)]
    public async Task SaveAsync_ServerIgnoresRange_RestartsAfterOneRangeRequest(RangeSupport ranges, FileValidator validator)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server(ranges, validator));
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        fixture.Emulator.Faults.Add(Fault.TruncateBody(90) with { PathPrefix = "/ambry/", Skip = 2 });
        await AssertCompleteAsync(fixture, Assert.Single(await fixture.SaveAsync(job)));
        Assert.Equal(["all", "100-", "all", "all"], Asked(fixture));
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_CanceledDuringResume_LeavesNoFile()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        fixture.Emulator.Faults.Add(Fault.StallBody(10) with { PathPrefix = "/ambry/" });
        using var stop = new CancellationTokenSource();
        Task<SavedExportFile[]> saving = fixture.SaveAsync(job, cancellationToken: stop.Token);
        Assert.True(SpinWait.SpinUntil(() => fixture.Downloads == 2, TimeSpan.FromSeconds(10)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.Empty(fixture.SavedFiles);
    }
}
