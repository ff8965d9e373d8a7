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

    private static RecordedRequest[] Downloads(EmulatorFixture session) =>
        [.. session.Emulator.Requests.Where(request => request.RawTarget.StartsWith("/ambry/", StringComparison.Ordinal))];

    /// <summary>The ranges of the requests: "all", or the first byte.</summary>
    private static string[] Asked(EmulatorFixture session) =>
        [
            .. Downloads(session)
                .Select(request => request.Header("Range")?.Replace("bytes=", "", StringComparison.Ordinal) ?? "all"),
        ];

    private static async Task AssertCompleteAsync(EmulatorFixture session, SavedExportFile file)
    {
        Assert.Equal(session.Emulator.GetFileBytes(148, 1), await File.ReadAllBytesAsync(file.Path));
        await ExportFileVerifier.RunAsync(file.Path, new RecordingOutput(), CancellationToken.None);
        Assert.Equal(2, session.SavedFiles.Length);
    }

    [Theory]
    [InlineData(FileValidator.ETag, false)]
    [InlineData(FileValidator.ETag, true)]
    [InlineData(FileValidator.LastModified, false)]
    public async Task SaveAsync_CutAtAnyByte_ResumesThere(FileValidator validator, bool chunked)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server(validator: validator, chunked: chunked));
        ExportJob job = await session.CreateAndWaitAsync();
        int length = session.Emulator.GetFileBytes(148, 1).Length;
        for (int cut = 1; cut < length; cut++)
        {
            session.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await session.SaveAsync(job, force: true));
            Assert.Equal(4, file.RowCount);
            await AssertCompleteAsync(session, file);
        }

        Assert.Empty(session.Recorder.Errors);
        Assert.Equal(Enumerable.Range(1, length - 1).SelectMany(cut => new[] { "all", $"{cut}-" }), Asked(session));
        string name = validator == FileValidator.ETag ? "ETag" : "Last-Modified";
        Assert.All(
            Downloads(session).Where(request => request.Header("Range") is not null),
            request => Assert.False(string.IsNullOrEmpty(request.Header("If-Range")), name)
        );
    }

    [Fact]
    public async Task SaveAsync_CutRepeatedly_ResumesEachTime()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server(rows: 20_000));
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.TruncateBody(200_000) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        SavedExportFile file = Assert.Single(await session.SaveAsync(job));
        Assert.Equal(20_000, file.RowCount);
        await AssertCompleteAsync(session, file);

        // Seven connections, of which only the last one is not cut.
        Assert.Equal(
            ["all", .. Enumerable.Range(1, (int)(file.Length / 200_000)).Select(n => $"{n * 200_000}-")],
            Asked(session)
        );
    }

    [Fact]
    public async Task SaveAsync_EveryConnectionBreaksImmediately_Fails()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.TruncateBody(1) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.DownloadIncomplete, Assert.Single(session.Recorder.Errors).Id);
        Assert.Empty(session.SavedFiles);
        Assert.InRange(session.Downloads, 5, 30);
    }

    [Fact]
    public async Task SaveAsync_ConnectionStalls_ResumesOverNewConnection()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server(), EmulatorFixture.ShortIdleTimeout);
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.StallBody(100) with { PathPrefix = "/ambry/" });
        await AssertCompleteAsync(session, Assert.Single(await session.SaveAsync(job)));
        Assert.Equal(["all", "100-"], Asked(session));
    }

    [Fact]
    public async Task SaveAsync_LinkExpiredDuringDownload_ResumesWithNewLink()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        session.Emulator.Faults.Add(Fault.ExpiredLink() with { PathPrefix = "/ambry/" });
        await AssertCompleteAsync(session, Assert.Single(await session.SaveAsync(job)));
        Assert.Equal(["all", "100-", "100-"], Asked(session));
        Assert.Empty(session.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_RefreshedLinkRejected_ReportsDownloadRejected()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        session.Emulator.Faults.Add(Fault.ExpiredLink() with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job));
        LinkedInException error = Assert.Single(session.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.DownloadRejected, error.Id);
        Assert.Contains("was interrupted after 100 bytes", error.Message, StringComparison.Ordinal);
        Assert.Empty(session.SavedFiles);
    }

    [Theory]
    [InlineData(RangeSupport.None, FileValidator.None)]
    [InlineData(RangeSupport.Honest, FileValidator.None)] // Without a validator, the rest may belong to another version.
    [InlineData(RangeSupport.Honest, FileValidator.WeakETag)]
    [InlineData(RangeSupport.Honest, FileValidator.JustModified)]
    public async Task SaveAsync_ResumeUnsafe_RestartsWithoutRangeRequest(RangeSupport ranges, FileValidator validator)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server(ranges, validator));
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        await AssertCompleteAsync(session, Assert.Single(await session.SaveAsync(job)));
        Assert.Equal(["all", "all"], Asked(session));
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
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server(ranges, validator));
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        session.Emulator.Faults.Add(Fault.TruncateBody(90) with { PathPrefix = "/ambry/", Skip = 2 });
        await AssertCompleteAsync(session, Assert.Single(await session.SaveAsync(job)));
        Assert.Equal(["all", "100-", "all", "all"], Asked(session));
        Assert.Empty(session.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_CanceledDuringResume_LeavesNoFile()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(Server());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.TruncateBody(100) with { PathPrefix = "/ambry/" });
        session.Emulator.Faults.Add(Fault.StallBody(10) with { PathPrefix = "/ambry/" });
        using var stop = new CancellationTokenSource();
        Task<SavedExportFile[]> saving = session.SaveAsync(job, cancellationToken: stop.Token);
        Assert.True(SpinWait.SpinUntil(() => session.Downloads == 2, TimeSpan.FromSeconds(10)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.Empty(session.SavedFiles);
    }
}
