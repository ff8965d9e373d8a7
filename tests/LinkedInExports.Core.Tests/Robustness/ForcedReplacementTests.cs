using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Robustness;

/// <summary>
/// A file that is replaced with -Force always has its own manifest or none, so that the next run needs no -Force.
/// </summary>
public sealed class ForcedReplacementTests
{
    [Theory]
    [InlineData(Loss.Process)]
    [InlineData(Loss.Power)]
    [InlineData(Loss.PowerHalf)]
    public async Task Save_CrashAtAnyStep_NextRunCompletes(Loss loss)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        int cuts = await CrashPoint.AtEachStepAsync(async cut =>
        {
            using var folder = new TempFolder();
            await ExportCrashTests.SaveAsync(fixture.Client, job, folder.Path, new RecordingOutput(), CancellationToken.None);
            string[] old = Directory.GetFiles(Path.Combine(folder.Path, "out"), "*.csv");
            Array.ForEach(old, RemoveLastRow);

            var files = new CrashingFileSystem(cut, loss);
            using LinkedInClient mortal = EmulatorFixture.Connect(
                fixture.Emulator,
                files: files,
                network: new CrashingHandler(cut)
            );
            await cut.RunAsync(() =>
                ExportCrashTests.SaveAsync(mortal, job, folder.Path, new RecordingOutput(), cut.Token, force: true)
            );
            files.ApplyLoss();

            var recorder = new RecordingOutput();
            await ExportCrashTests.SaveAsync(fixture.Client, job, folder.Path, recorder, CancellationToken.None);
            Assert.Empty(recorder.Errors);
            Assert.Equal(old.Length, recorder.Outputs.Length);
        });
        Assert.InRange(cuts, 50, 1000);
    }

    [Theory]
    [InlineData("Move", false)] // Of the manifest.
    [InlineData("FlushDirectory", false)] // After the removal of the file.
    [InlineData("Delete", true)] // Of the file.
    public async Task Save_StepBeforeTheNewNameFails_KeepsOneOfTheFiles(string operation, bool keepsOld)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        using var folder = new TempFolder();
        await ExportCrashTests.SaveAsync(fixture.Client, job, folder.Path, new RecordingOutput(), CancellationToken.None);
        string[] paths = [.. Directory.GetFiles(Path.Combine(folder.Path, "out"), "*.csv").Order(StringComparer.Ordinal)];
        Array.ForEach(paths, RemoveLastRow);
        byte[] old = await File.ReadAllBytesAsync(paths[0]);

        var files = new FaultyFileSystem { Fails = (name, number) => name == operation && number == 1 };
        using LinkedInClient client = EmulatorFixture.Connect(fixture.Emulator, files: files);
        var recorder = new RecordingOutput();
        await ExportCrashTests.SaveAsync(client, job, folder.Path, recorder, CancellationToken.None, force: true);

        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Single(recorder.Errors).Id);
        Assert.Equal(keepsOld ? old : fixture.Emulator.GetFileBytes(job.JobId, 1), await File.ReadAllBytesAsync(paths[0]));

        // The next run detects a file that does not match its manifest.
        recorder = new RecordingOutput();
        await ExportCrashTests.SaveAsync(fixture.Client, job, folder.Path, recorder, CancellationToken.None);
        Assert.Equal(keepsOld ? [] : [paths[0]], recorder.Errors.Select(error => error.Target));
        await ExportCrashTests.SaveAsync(fixture.Client, job, folder.Path, recorder, CancellationToken.None, force: true);
        Assert.Equal(fixture.Emulator.GetFileBytes(job.JobId, 1), await File.ReadAllBytesAsync(paths[0]));
    }

    /// <summary>Replaces a file and its manifest by an export without its last row.</summary>
    private static void RemoveLastRow(string path)
    {
        File.WriteAllLines(path, File.ReadAllLines(path)[..^1]);
        ExportManifest manifest = ExportManifest.TryLoadFor(path, out _)!;
        ExportManifest changed = manifest with
        {
            Length = new FileInfo(path).Length,
            RowCount = manifest.RowCount - 1,
            Sha256 = TestHash.Sha256(File.ReadAllBytes(path)),
        };
        changed.SaveFor(FileSystem.Real, path);
    }
}
