using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.IO;

/// <summary>
/// A disk that is full, read-only or not accessible leads to clear errors, and the next run continues.
/// </summary>
public sealed class DiskFailureTests(ITestOutputHelper output)
{
    private static EmulatorOptions Quick =>
        new()
        {
            ProcessingTime = TimeSpan.Zero,
            Parts = 2,
            RowsPerPart = 4,
            RowsPeriod = EmulatorFixture.AllRows,
        };

    public static TheoryData<string, bool> Steps
    {
        get
        {
            var steps = new TheoryData<string, bool>();
            foreach (string operation in new[] { "Open", "Write", "SetLength", "FlushToDisk", "FlushDirectory", "Move" })
            {
                steps.Add(operation, false);
                steps.Add(operation, true);
            }

            return steps;
        }
    }

    /// <summary>Each step of a daily run fails in turn, once or permanently.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public async Task DailyRun_AnyDiskStepFails_ErrorNamesPathAndNextRunCompletes(string operation, bool forGood)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        int failures = 0;
        for (int step = 1; ; step++)
        {
            using var folder = new TempFolder();
            bool hasFailed = false;
            var files = new FaultyFileSystem
            {
                Fails = (name, number) => name == operation && (forGood ? number >= step : number == step) && (hasFailed = true),
                Failure =
                    step % 2 == 0
                        ? () => new IOException("No space left on device")
                        : () => new UnauthorizedAccessException("Access is denied."),
            };
            using LinkedInClient client = EmulatorFixture.Connect(fixture.Emulator, files: files);
            var run = new DailyExportFixture(client, folder.Path);
            LinkedInException[] errors;
            try
            {
                await run.CrmAsync(EmulatorFixture.Start);
                errors = run.Recorder.Errors;
            }
            catch (LinkedInException failure)
            {
                errors = [failure]; // The checkpoint could not be opened.
            }

            if (!hasFailed)
                break;
            failures++;
            Assert.All(
                errors,
                error =>
                {
                    Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
                    Assert.StartsWith(folder.Path, error.Target, StringComparison.Ordinal);
                    Assert.Contains(files.Failure().Message, error.Message, StringComparison.Ordinal);
                }
            );

            var next = new DailyExportFixture(fixture.Client, folder.Path);
            await next.CrmAsync(EmulatorFixture.Start);
            if (next.Recorder.Errors.Length > 0)
            {
                // The job was created, but its ID could not be written, as the error reported. Or the checkpoint was written but
                // could not be flushed.
                Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(next.Recorder.Errors).Id);
                if (operation != "FlushDirectory")
                    Assert.Contains(errors, error => error.Message.Contains("-JobId", StringComparison.Ordinal));
                await next.CrmAsync(EmulatorFixture.Start, force: true);
            }

            Assert.Empty(next.Recorder.Errors);
            Assert.Equal(2, next.Files.Length);
            Assert.NotNull(next.CrmSeries.Watermark);
            Assert.DoesNotContain(
                Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories),
                file => file.EndsWith(".partial", StringComparison.Ordinal)
            );
        }

        output.WriteLine(
            $"{operation} fails {(forGood ? "for good" : "once")}: {failures} places, each an error and each put right by "
                + "the next run."
        );
        Assert.InRange(failures, 1, 100);
    }

    /// <summary>A disk reports a failure once; the flush at the end would succeed.</summary>
    [Fact]
    public async Task Save_FlushFailsDuringDownload_EndsDownload()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                RowsPerPart = 600_000,
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        using LinkedInClient client = EmulatorFixture.Connect(
            fixture.Emulator,
            files: new FaultyFileSystem { Fails = (name, number) => name == "FlushToDisk" && number == 1 }
        );
        var run = new DailyExportFixture(client, fixture.Folder.Path);
        using (CheckpointLease checkpoint = run.Open())
            await run.SaveAsync(checkpoint, [job]);

        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Single(run.Recorder.Errors).Id);
        Assert.Empty(Directory.GetFiles(run.Destination));
    }

    [Fact]
    public async Task DailyRun_DeviceFull_ReportsErrorAndKeepsFiles()
    {
        if (!OperatingSystem.IsLinux())
            return;

        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        using LinkedInClient client = EmulatorFixture.Connect(fixture.Emulator, files: new FullDevice());
        var run = new DailyExportFixture(client, fixture.Folder.Path);
        using (CheckpointLease checkpoint = run.Open())
            await run.SaveAsync(checkpoint, [await fixture.CreateAndWaitAsync()]);
        Assert.Equal(2, run.Recorder.Errors.Length);
        Assert.All(
            run.Recorder.Errors,
            error =>
            {
                Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
                Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
            }
        );
        Assert.Empty(Directory.GetFiles(run.Destination));
    }

    [Theory]
    [InlineData("/proc/linkedin-exports", "/proc cannot have it")]
    [InlineData("{folder}/a-file/out", "its parent is a file")]
    [InlineData("{folder}/{long}", "its name is too long")]
    public async Task Save_InvalidDestination_ReportsOneError(string destination, string why)
    {
        if (!OperatingSystem.IsLinux())
            return;

        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        fixture.Folder.Write("a-file", "");
        string path = destination
            .Replace("{folder}", fixture.Folder.Path, StringComparison.Ordinal)
            .Replace("{long}", new string('x', 300), StringComparison.Ordinal);
        ExportJob job = await fixture.CreateAndWaitAsync();
        var recorder = new RecordingOutput();
        ExportSaver saver = fixture.Client.CreateSaver(new() { Destination = path });
        var input = new InputBuffer<ExportJob>();
        input.Add(job);
        input.CompleteAdding();
        await saver.SaveAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
        LinkedInException error = Assert.Single(recorder.Errors);
        Assert.True(error.Id == LinkedInErrorId.FileWriteFailed, why);
        Assert.Equal(path, error.Target);

        error = Assert.Throws<LinkedInException>(() => fixture.Client.OpenCheckpoint(Path.Combine(path, "crm.json"), this));
        Assert.Equal((LinkedInErrorId.FileWriteFailed, Path.Combine(path, "crm.json")), (error.Id, error.Target));
    }

    [Fact]
    public async Task Save_FileLockedByOtherProcess_LeavesFile()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        ExportJob job = await fixture.CreateAndWaitAsync();
        Directory.CreateDirectory(fixture.Folder.File("out"));
        string partial = fixture.Folder.File("out/crm-validation-148-part001.csv.partial");
        using (new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            Assert.Single(await fixture.SaveAsync(job));
            Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Single(fixture.Recorder.Errors).Id);
            Assert.True(File.Exists(partial));
        }

        Assert.Equal(2, (await fixture.SaveAsync(job)).Length);
    }

    [Fact]
    public async Task Save_FolderNotWritable_ReportsError()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            return; // Permissions don't apply to root.

        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        ExportJob job = await fixture.CreateAndWaitAsync();
        Directory.CreateDirectory(fixture.Folder.File("out"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Empty(await fixture.SaveAsync(job));
        Assert.All(fixture.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id));
    }

    /// <summary>A device on which each write fails in the kernel.</summary>
    private sealed class FullDevice : FileSystem
    {
        internal override Stream Open(string path, FileMode mode, FileOpenFlags use, string? replaced = null) =>
            path.EndsWith(".lock", StringComparison.Ordinal)
                ? base.Open(path, mode, use, replaced)
                : new Full(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0));

        private sealed class Full(Stream real) : WriteInterceptingStream(real)
        {
            public override long Position { get; set; }

            public override void SetLength(long value) { }

            protected override void Before(string operation, int bytes) { }
        }
    }
}
