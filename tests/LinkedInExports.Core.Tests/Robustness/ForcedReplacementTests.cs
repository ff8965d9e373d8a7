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
