using System.Text;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.ExportFiles;

public sealed class ExportFileVerifierTests
{
    private static async Task<(EmulatorFixture Session, string Path)> SavedAsync(bool headerInEachPart = true)
    {
        EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 2,
                RowsPerPart = 4,
                HeaderInEachPart = headerInEachPart,
            }
        );
        SavedExportFile[] files = await fixture.SaveAsync(await fixture.CreateAndWaitAsync());
        return (fixture, files[1].Path);
    }

    private static async Task<LinkedInException> DefectAsync(string path) =>
        await Assert.ThrowsAsync<LinkedInException>(() =>
            ExportFileVerifier.RunAsync(path, new RecordingOutput(), CancellationToken.None)
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_SavedFile_Passes(bool header)
    {
        (EmulatorFixture fixture, string path) = await SavedAsync(header);
        await using EmulatorFixture owned = fixture;
        await ExportFileVerifier.RunAsync(path, new RecordingOutput(), CancellationToken.None);
    }

    [Fact]
    public async Task Verify_AnyByteChanged_Fails()
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        byte[] whole = await File.ReadAllBytesAsync(path);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x20;
            await File.WriteAllBytesAsync(path, changed);
            LinkedInException defect = await DefectAsync(path);
            Assert.Equal((LinkedInErrorId.ExportFileModified, path), (defect.Id, defect.Target));
            Assert.Contains("SHA-256", defect.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_LengthChanged_ErrorHasLengths()
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        await File.AppendAllTextAsync(path, "x");
        Assert.Matches(@"has \d+ bytes and had \d+", (await DefectAsync(path)).Message);
    }

    [Theory]
    [InlineData("\"rowCount\":4", "\"rowCount\":5", "has 4 rows, but 5 according to its manifest")]
    [InlineData("\"crmId\"", "\"crmID\"", "columns")]
    [InlineData("\"hasHeader\":true", "\"hasHeader\":false", "has 5 rows")]
    public async Task Verify_EditedManifestOfEarlierVersion_FailsWhereFileDiffers(string old, string edited, string message)
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        string manifest = ManifestFile.WithoutChecksum(path);
        Assert.Contains(old, manifest, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path + ".manifest.json", manifest.Replace(old, edited, StringComparison.Ordinal));
        LinkedInException defect = await DefectAsync(path);
        Assert.Equal(LinkedInErrorId.ExportFileModified, defect.Id);
        Assert.Contains(message, defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_EditedManifest_IsNotAsItWasWritten()
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        string manifest = await File.ReadAllTextAsync(path + ".manifest.json");
        await File.WriteAllTextAsync(
            path + ".manifest.json",
            manifest.Replace("\"rowCount\":4", "\"rowCount\":5", StringComparison.Ordinal)
        );
        LinkedInException defect = await DefectAsync(path);
        Assert.Equal((LinkedInErrorId.ExportFileModified, path), (defect.Id, defect.Target));
        Assert.Contains("manifest is damaged or was edited", defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ManifestOfAnEarlierVersion_PassesAndReportsIt()
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        await File.WriteAllTextAsync(path + ".manifest.json", ManifestFile.WithoutChecksum(path));
        var recorder = new RecordingOutput();
        await ExportFileVerifier.RunAsync(path, recorder, CancellationToken.None);
        Assert.Contains("has no checksum", Assert.Single(recorder.VerboseLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ManifestMissing_Fails()
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        await File.WriteAllTextAsync(path + ".manifest.json", "{");
        Assert.Equal(LinkedInErrorId.ManifestMissing, (await DefectAsync(path)).Id);
        File.Delete(path + ".manifest.json");
        Assert.Equal(LinkedInErrorId.ManifestMissing, (await DefectAsync(path)).Id);
    }

    [Fact]
    public async Task Verify_FileMissing_ReportsFileReadFailed()
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        File.Delete(path);
        Assert.Equal(LinkedInErrorId.FileReadFailed, (await DefectAsync(path)).Id);
    }

    [Fact]
    public async Task Verify_EmptyExport_Passes()
    {
        using var folder = new TempFolder();
        string path = folder.Write("activity-1.csv", "");
        folder.Write(
            "activity-1.csv.manifest.json",
            """
            {"format":1,"kind":"Activity","jobId":1,"part":1,"partCount":1,"length":0,"rowCount":0,"hasHeader":false,
             "sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","columns":["activityId"]}
            """
        );
        await ExportFileVerifier.RunAsync(path, new RecordingOutput(), CancellationToken.None);
    }

    [Fact]
    public async Task Verify_DamagedFile_ErrorHasNoValues()
    {
        (EmulatorFixture fixture, string path) = await SavedAsync();
        await using EmulatorFixture owned = fixture;
        byte[] bytes = Encoding.UTF8.GetBytes(
            (await File.ReadAllTextAsync(path)).Replace("CONTACT", "CANARYX", StringComparison.Ordinal)
        );
        await File.WriteAllBytesAsync(path, bytes);
        Assert.DoesNotContain("CANARYX", (await DefectAsync(path)).ToString(), StringComparison.Ordinal);
    }
}
