using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Files, folders and links that exist before an export is saved.</summary>
public sealed class ExistingFileTests
{
    [Fact]
    public async Task SaveAsync_SecondRun_DownloadsNothing()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile[] first = await fixture.SaveAsync(job);
        Assert.Equal(3, fixture.Downloads);

        SavedExportFile[] second = await fixture.SaveAsync(job);
        Assert.Equal(3, fixture.Downloads);
        Assert.Equal(
            first.Select(file => (file.Path, file.Sha256, file.RowCount)),
            second.Select(file => (file.Path, file.Sha256, file.RowCount))
        );

        File.Delete(first[2].Path);
        Assert.Equal(3, (await fixture.SaveAsync(job)).Length);
        Assert.Equal(4, fixture.Downloads);
    }

    [Fact]
    public async Task SaveAsync_OtherFileExists_IsKeptUnlessForced()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile[] files = await fixture.SaveAsync(job);
        await File.AppendAllTextAsync(files[0].Path, "x");
        await File.WriteAllTextAsync(files[1].Path, "mine");
        File.Delete(files[1].Path + ".manifest.json");

        Assert.Equal([3], (await fixture.SaveAsync(job)).Select(file => file.Part));
        Assert.Equal([LinkedInErrorId.FileExists, LinkedInErrorId.FileExists], fixture.Recorder.Errors.Select(error => error.Id));
        Assert.Equal([files[0].Path, files[1].Path], fixture.Recorder.Errors.Select(error => error.Target).Order());
        Assert.Equal("mine", await File.ReadAllTextAsync(files[1].Path));

        Assert.Equal(3, (await fixture.SaveAsync(job, force: true)).Length);
        Assert.Equal(fixture.Emulator.GetFileBytes(148, 2), await File.ReadAllBytesAsync(files[1].Path));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":1,"columns":null,"kind":5}""")]
    [InlineData("""{"format":2,"columns":["a"],"part":1}""")]
    public async Task SaveAsync_DamagedManifest_ReportsFileExists(string manifest)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile[] files = await fixture.SaveAsync(job);
        await File.WriteAllTextAsync(files[0].Path + ".manifest.json", manifest);
        Assert.Equal(2, (await fixture.SaveAsync(job)).Length);
        Assert.Equal(LinkedInErrorId.FileExists, Assert.Single(fixture.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_FileEditedWithSameLength_ReportsFileExists()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile[] files = await fixture.SaveAsync(job);
        byte[] bytes = await File.ReadAllBytesAsync(files[0].Path);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(files[0].Path, bytes);
        Assert.Equal([2, 3], (await fixture.SaveAsync(job)).Select(file => file.Part));
        Assert.Equal(LinkedInErrorId.FileExists, Assert.Single(fixture.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_SameIdOfOtherExport_ReportsFileExists()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var job = (CrmValidationExportJob)await fixture.CreateAndWaitAsync();
        await fixture.SaveAsync(job);
        ExportJob[] others =
        [
            job with
            {
                CrmInstanceId = "urn:li:crmInstance:(SFDC,1)",
            },
            job with
            {
                ExportStartAt = job.ExportStartAt.AddDays(1),
            },
            job with
            {
                ExportEndAt = job.ExportEndAt!.Value.AddMilliseconds(1),
            },
            job with
            {
                DownloadUrls = [.. job.DownloadUrls.Take(2)],
            },
        ];
        foreach (ExportJob other in others)
            Assert.Empty(await fixture.SaveAsync(other));
        Assert.All(fixture.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.FileExists, error.Id));

        // The same job of another server.
        await using EmulatorFixture elsewhere = await EmulatorFixture.StartAsync();
        ExportJob theirs = await elsewhere.CreateAndWaitAsync();
        foreach (string file in Directory.GetFiles(fixture.Folder.File("out")))
        {
            Directory.CreateDirectory(elsewhere.Folder.File("out"));
            File.Copy(file, Path.Combine(elsewhere.Folder.File("out"), Path.GetFileName(file)));
        }

        Assert.Empty(await elsewhere.SaveAsync(theirs));
    }

    [Fact]
    public async Task SaveAsync_StartThatWasUnknownBefore_KeepsTheFiles()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var job = (CrmValidationExportJob)await fixture.CreateAndWaitAsync();
        await fixture.SaveAsync(job with { ExportStartAt = default });
        Assert.Equal(3, (await fixture.SaveAsync(job)).Length);
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal(3, fixture.Downloads);
    }

    [Fact]
    public async Task SaveAsync_SameJobTwice_SavesOnce()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        var saver = fixture.Client.CreateSaver(new() { Destination = fixture.Folder.File("out") });
        var input = new InputBuffer<ExportJob>();
        input.Add(job);
        input.Add(job);
        input.CompleteAdding();
        var recorder = new RecordingOutput();
        await saver.SaveAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
        Assert.Equal(3, recorder.Outputs.Length);
        Assert.Empty(recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_FolderInPlaceOfFile_ReportsErrorBeforeDownload()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        Directory.CreateDirectory(fixture.Folder.File("out/crm-validation-148-part001.csv"));
        Assert.Equal(2, (await fixture.SaveAsync(job, force: true)).Length);
        Assert.Equal(LinkedInErrorId.FileExists, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Equal(2, fixture.Downloads);
    }

    [Fact]
    public async Task SaveAsync_LongerLeftover_LeavesNoBytesInFile()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        Directory.CreateDirectory(fixture.Folder.File("out"));
        fixture.Folder.Write("out/crm-validation-148-part001.csv.partial", new string('x', 100_000));
        SavedExportFile file = (await fixture.SaveAsync(job))[0];
        Assert.Equal(fixture.Emulator.GetFileBytes(148, 1), await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public async Task SaveAsync_PartialFileLocked_ReportsError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        Directory.CreateDirectory(fixture.Folder.File("out"));
        using (
            new FileStream(
                fixture.Folder.File("out/crm-validation-148-part002.csv.partial"),
                FileMode.Create,
                FileAccess.Write,
                FileShare.None
            )
        )
        {
            Assert.Equal([1, 3], (await fixture.SaveAsync(job)).Select(file => file.Part));
        }

        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
        Assert.EndsWith("part002.csv", error.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_SymbolicLinkInPlaceOfPartialFile_ReportsError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                RowsPerPart = 1,
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        Directory.CreateDirectory(fixture.Folder.File("out"));
        string target = fixture.Folder.Write("precious.txt", "precious");
        File.CreateSymbolicLink(fixture.Folder.File("out/crm-validation-148-part001.csv.partial"), target);

        Assert.Empty(await fixture.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Equal("precious", await File.ReadAllTextAsync(target));
    }

    [Fact]
    public async Task SaveAsync_DestinationIsFile_ReportsError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Folder.Write("out", "a file");
        Assert.Empty(await fixture.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Single(fixture.Recorder.Errors).Id);
    }
}
