using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.ExportFiles;

public sealed class ExportManifestTests
{
    private static readonly EmulatorOptions OnePart = new()
    {
        ProcessingTime = TimeSpan.Zero,
        Parts = 1,
        RowsPerPart = 4,
    };

    /// <summary>With any flipped bit, the manifest is rejected or has the same content.</summary>
    [Fact]
    public async Task TryLoadFor_AnyFlippedBit_IsNotUsedForAnotherManifest()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePart);
        SavedExportFile file = Assert.Single(await fixture.SaveAsync(await fixture.CreateAndWaitAsync()));
        string path = file.Path + ".manifest.json";
        byte[] whole = await File.ReadAllBytesAsync(path);
        int accepted = 0;
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(path, flipped);
            if (ExportManifest.TryLoadFor(file.Path) is not { } manifest)
                continue;
            accepted++;
            SavedExportFile read = manifest.ToSavedFile(file.Path);
            Assert.Equal(
                (
                    file.ExportType,
                    file.JobId,
                    file.Part,
                    file.PartCount,
                    file.Length,
                    file.RowCount,
                    file.Sha256,
                    file.IsRecognized
                ),
                (
                    read.ExportType,
                    read.JobId,
                    read.Part,
                    read.PartCount,
                    read.Length,
                    read.RowCount,
                    read.Sha256,
                    read.IsRecognized
                )
            );
        }

        // If the name of the checksum changes, the manifest looks like one without a checksum.
        Assert.InRange(accepted, 0, "manifestSha256".Length * 8);
    }

    [Fact]
    public async Task SaveAsync_EditedManifest_KeepsTheFile()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePart);
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile file = Assert.Single(await fixture.SaveAsync(job));
        string manifest = await File.ReadAllTextAsync(file.Path + ".manifest.json");
        await File.WriteAllTextAsync(
            file.Path + ".manifest.json",
            manifest.Replace("\"rowCount\":4", "\"rowCount\":5", StringComparison.Ordinal)
        );

        Assert.Empty(await fixture.SaveAsync(job));

        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.FileExists, error.Id);
        Assert.Contains("manifest is damaged or was edited", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_ManifestOfAnEarlierVersion_KeepsTheFileAndReportsIt()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePart);
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile file = Assert.Single(await fixture.SaveAsync(job));
        await File.WriteAllTextAsync(file.Path + ".manifest.json", ManifestFile.WithoutChecksum(file.Path));

        Assert.Single(await fixture.SaveAsync(job));

        Assert.Equal(1, fixture.Downloads);
        Assert.Contains(fixture.Recorder.VerboseLines, line => line.Contains("has no checksum", StringComparison.Ordinal));
    }
}
