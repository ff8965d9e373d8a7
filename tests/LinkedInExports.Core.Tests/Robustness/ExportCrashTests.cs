using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Checkpoints;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Threading;
using LinkedInExports.Emulator;
using Xunit.Abstractions;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// The process ends at each of its steps in turn, killed or by a power failure. Then the same command runs again, and the
/// result is the same as without the crash.
/// </summary>
public sealed class ExportCrashTests(ITestOutputHelper output)
{
    private const int Parts = 3;

    private static EmulatorOptions Quick =>
        new()
        {
            ProcessingTime = TimeSpan.Zero,
            Parts = Parts,
            RowsPerPart = 4,
            RowsPeriod = EmulatorFixture.AllRows,
        };

    [Theory]
    [InlineData(Loss.Process)]
    [InlineData(Loss.Power)]
    [InlineData(Loss.PowerHalf)]
    public async Task Save_CrashAtAnyStep_NextRunCompletes(Loss loss)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        ExportJob job = await fixture.CreateAndWaitAsync();
        int fetchedTwice = 0;
        int cuts = await CrashPoint.AtEachStepAsync(async cut =>
        {
            using var folder = new TempFolder();
            var files = new CrashingFileSystem(cut, loss);
            using LinkedInClient mortal = EmulatorFixture.Connect(
                fixture.Emulator,
                files: files,
                network: new CrashingHandler(cut)
            );
            int before = fixture.Downloads;
            await cut.RunAsync(() => SaveAsync(mortal, job, folder.Path, new RecordingOutput(), cut.Token));
            files.ApplyLoss();

            var recorder = new RecordingOutput();
            await SaveAsync(fixture.Client, job, folder.Path, recorder, CancellationToken.None);
            Assert.Empty(recorder.Errors);
            Assert.Equal(Parts, recorder.Outputs.Length);
            AssertComplete(fixture.Emulator, folder.Path, job.JobId);

            // Complete parts are not downloaded again; at most the part that was interrupted is.
            int more = fixture.Downloads - before - Parts;
            Assert.InRange(more, 0, 1);
            fetchedTwice += more;
        });

        Assert.InRange(cuts, 50, 1000);
        output.WriteLine(
            $"Save of {Parts} parts, {loss}: {cuts} ends, each finished by the next run; {fetchedTwice} times one part was "
                + "fetched twice."
        );
    }

    [Theory]
    [InlineData(Loss.Process)]
    [InlineData(Loss.Power)]
    [InlineData(Loss.PowerHalf)]
    public async Task DailyRun_CrashAtAnyStep_NextRunContinues(Loss loss)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        (int cuts, int unknown, int done) = await CutDailyRunAsync(fixture, cut => new CrashingFileSystem(cut, loss));
        Assert.InRange(cuts, 80, 1000);
        Assert.InRange(unknown, 1, 20);
        output.WriteLine(
            $"New, Wait and Save of {Parts} parts with a checkpoint, {loss}: {cuts} ends; {unknown} times it was reported "
                + $"that a job may have been created, {done} times all had been done before the end. No row lost, none doubled."
        );
    }

    [Theory]
    [InlineData(true, false, Loss.Power)]
    [InlineData(true, false, Loss.PowerHalf)]
    [InlineData(false, true, Loss.PowerHalf)]
    public async Task DailyRun_FlushOmitted_CrashLosesData(bool ofFiles, bool ofFolders, Loss loss)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        await Assert.ThrowsAnyAsync<Exception>(() =>
            CutDailyRunAsync(
                fixture,
                cut => new CrashingFileSystem(cut, loss) { LosesUnflushedFiles = ofFiles, LosesUnflushedFolders = ofFolders }
            )
        );
    }

    [Fact]
    public async Task DailyRuns_CrashEachDay_LeaveNoGap()
    {
        const int days = 120;
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(Quick);
        using var folder = new TempFolder();
        int creates = Creates(fixture),
            ends = 0,
            reported = 0;
        for (int day = 1; day <= days; day++)
        {
            using var cut = new CrashPoint(1 + (day * 37 % 140));
            var files = new CrashingFileSystem(cut, (Loss)(day % 3));
            using LinkedInClient mortal = EmulatorFixture.Connect(
                fixture.Emulator,
                files: files,
                network: new CrashingHandler(cut)
            );
            var run = new DailyExportFixture(mortal, folder.Path);
            await cut.RunAsync(() => run.CrmAsync(EmulatorFixture.Start, force: reported > 0, cancellationToken: cut.Token));
            files.ApplyLoss();
            ends += cut.HasHappened ? 1 : 0;

            // On the next day the user requests another job with -Force.
            reported = run.Recorder.Errors.Count(error => error.Id == LinkedInErrorId.CreateOutcomeUnknown);
        }

        var last = new DailyExportFixture(fixture.Client, folder.Path);
        await last.CrmAsync(EmulatorFixture.Start, force: true);
        Assert.Empty(last.Recorder.Errors);
        int jobs = await AssertChainAsync(fixture, last);
        output.WriteLine(
            $"{days} days, {ends} of them with an end: {jobs} exports follow one another without a gap; "
                + $"{Creates(fixture) - creates - jobs} jobs were created whose ids were lost, which was reported each time."
        );
    }

    private static async Task<(int Cuts, int Unknown, int Done)> CutDailyRunAsync(
        EmulatorFixture fixture,
        Func<CrashPoint, CrashingFileSystem> disk
    )
    {
        int unknown = 0,
            done = 0;
        int cuts = await CrashPoint.AtEachStepAsync(async cut =>
        {
            using var folder = new TempFolder();
            CrashingFileSystem files = disk(cut);
            using LinkedInClient mortal = EmulatorFixture.Connect(
                fixture.Emulator,
                files: files,
                network: new CrashingHandler(cut)
            );
            int creates = Creates(fixture);
            await cut.RunAsync(() =>
                new DailyExportFixture(mortal, folder.Path).CrmAsync(EmulatorFixture.Start, cancellationToken: cut.Token)
            );
            files.ApplyLoss();

            var run = new DailyExportFixture(fixture.Client, folder.Path);
            await run.CrmAsync(EmulatorFixture.Start);
            int lost = 0;
            if (run.Recorder.Errors.Length > 0)
            {
                // Only a request that may have been sent has an unknown outcome, and no request was repeated.
                Assert.Equal(LinkedInErrorId.CreateOutcomeUnknown, Assert.Single(run.Recorder.Errors).Id);
                lost = Creates(fixture) - creates;
                Assert.InRange(lost, 0, 1);
                unknown++;
                await run.CrmAsync(EmulatorFixture.Start, force: true);
            }

            Assert.Empty(run.Recorder.Errors);
            int jobs = await AssertChainAsync(fixture, run);
            Assert.Equal(jobs, Creates(fixture) - creates - lost);
            done += jobs - 1;
        });
        return (cuts, unknown, done);
    }

    internal static Task SaveAsync(
        LinkedInClient client,
        ExportJob job,
        string folder,
        RecordingOutput recorder,
        CancellationToken cancellationToken,
        bool force = false
    )
    {
        var options = new SaveOptions
        {
            Destination = Path.Combine(folder, "out"),
            ThrottleLimit = 1,
            Force = force,
        };
        return client
            .CreateSaver(options)
            .SaveAsync(new[] { job }.AsAsyncEnumerable(), recorder, cancellationToken)
            .RecordAsync(recorder);
    }

    private static void AssertComplete(LinkedInEmulator emulator, string folder, long jobId)
    {
        string[] expected =
        [
            .. Enumerable
                .Range(1, Parts)
                .Select(part => $"crm-validation-{jobId}-part{part:000}.csv")
                .SelectMany(name => new[] { name, name + ".manifest.json" }),
        ];
        Assert.Equal(
            expected,
            Directory.GetFiles(Path.Combine(folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        for (int part = 1; part <= Parts; part++)
        {
            Assert.Equal(
                emulator.GetFileBytes(jobId, part),
                File.ReadAllBytes(Path.Combine(folder, "out", expected[2 * (part - 1)]))
            );
        }
    }

    /// <summary>The exports on the disk are complete and cover the time from the start to the watermark without gaps.</summary>
    /// <returns>The number of exports.</returns>
    private static async Task<int> AssertChainAsync(EmulatorFixture fixture, DailyExportFixture run)
    {
        string[] names = [.. Directory.GetFiles(run.Destination).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        long[] jobs =
        [
            .. names.Select(name => long.Parse(name.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture)).Distinct(),
        ];
        Assert.Equal(jobs.Length * Parts * 2, names.Length);

        DateTimeOffset next = EmulatorFixture.Start;
        foreach (long id in jobs)
        {
            CrmValidationExportJob job = await fixture.Client.CrmValidation.GetAsync(
                id,
                EmulatorFixture.CrmInstance,
                new RecordingOutput(),
                default
            );
            Assert.Equal(next, job.ExportStartAt);
            next = job.ExportEndAt!.Value;
            for (int part = 1; part <= Parts; part++)
            {
                string path = Path.Combine(run.Destination, $"crm-validation-{id}-part{part:000}.csv");
                await ExportFileVerifier.RunAsync(path, new RecordingOutput(), default);
                Assert.Equal(fixture.Emulator.GetFileBytes(id, part), await File.ReadAllBytesAsync(path));
            }
        }

        Assert.Equal((next, 0), (run.CrmSeries.Watermark, run.CrmSeries.Slices.Length));
        Assert.Equal(
            ["crm.json", "crm.json.lock", "out"],
            Directory
                .GetFileSystemEntries(Path.GetDirectoryName(run.CheckpointPath)!)
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
        return jobs.Length;
    }

    private static int Creates(EmulatorFixture fixture) => fixture.Emulator.Requests.Count(request => request.Method == "POST");
}
