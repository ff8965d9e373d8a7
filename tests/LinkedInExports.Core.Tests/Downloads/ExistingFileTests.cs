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
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        SavedExportFile[] first = await session.SaveAsync(job);
        Assert.Equal(3, session.Downloads);

        SavedExportFile[] second = await session.SaveAsync(job);
        Assert.Equal(3, session.Downloads);
        Assert.Equal(
            first.Select(file => (file.Path, file.Sha256, file.RowCount)),
            second.Select(file => (file.Path, file.Sha256, file.RowCount))
        );

        File.Delete(first[2].Path);
        Assert.Equal(3, (await session.SaveAsync(job)).Length);
        Assert.Equal(4, session.Downloads);
    }

    [Fact]
    public async Task SaveAsync_OtherFileExists_IsKeptUnlessForced()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        SavedExportFile[] files = await session.SaveAsync(job);
        await File.AppendAllTextAsync(files[0].Path, "x");
        await File.WriteAllTextAsync(files[1].Path, "mine");
        File.Delete(files[1].Path + ".manifest.json");

        Assert.Equal([3], (await session.SaveAsync(job)).Select(file => file.Part));
        Assert.Equal([LinkedInErrorId.FileExists, LinkedInErrorId.FileExists], session.Recorder.Errors.Select(error => error.Id));
        Assert.Equal([files[0].Path, files[1].Path], session.Recorder.Errors.Select(error => error.Target).Order());
        Assert.Equal("mine", await File.ReadAllTextAsync(files[1].Path));

        Assert.Equal(3, (await session.SaveAsync(job, force: true)).Length);
        Assert.Equal(session.Emulator.GetFileBytes(148, 2), await File.ReadAllBytesAsync(files[1].Path));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":1,"columns":null,"kind":5}""")]
    [InlineData("""{"format":2,"columns":["a"],"part":1}""")]
    public async Task SaveAsync_DamagedManifest_ReportsFileExists(string manifest)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        SavedExportFile[] files = await session.SaveAsync(job);
        await File.WriteAllTextAsync(files[0].Path + ".manifest.json", manifest);
        Assert.Equal(2, (await session.SaveAsync(job)).Length);
        Assert.Equal(LinkedInErrorId.FileExists, Assert.Single(session.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_FileEditedWithSameLength_ReportsFileExists()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        SavedExportFile[] files = await session.SaveAsync(job);
        byte[] bytes = await File.ReadAllBytesAsync(files[0].Path);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(files[0].Path, bytes);
        Assert.Equal([2, 3], (await session.SaveAsync(job)).Select(file => file.Part));
        Assert.Equal(LinkedInErrorId.FileExists, Assert.Single(session.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_SameIdOfOtherExport_ReportsFileExists()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        var job = (CrmValidationExportJob)await session.CreateAndWaitAsync();
        await session.SaveAsync(job);
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
            Assert.Empty(await session.SaveAsync(other));
        Assert.All(session.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.FileExists, error.Id));

        // The same job of another server.
        await using EmulatorFixture elsewhere = await EmulatorFixture.StartAsync();
        ExportJob theirs = await elsewhere.CreateAndWaitAsync();
        foreach (string file in Directory.GetFiles(session.Folder.File("out")))
        {
            Directory.CreateDirectory(elsewhere.Folder.File("out"));
            File.Copy(file, Path.Combine(elsewhere.Folder.File("out"), Path.GetFileName(file)));
        }

        Assert.Empty(await elsewhere.SaveAsync(theirs));
    }

    [Fact]
    public async Task SaveAsync_SameJobTwice_SavesOnce()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        var saver = session.Client.CreateSaver(new() { Destination = session.Folder.File("out") });
        var input = new InputBuffer<ExportJob>();
        input.Add(job);
        input.Add(job);
        input.CompleteAdding();
        var heard = new RecordingOutput();
        await saver.SaveAsync(input.ReadAllAsync(), heard, CancellationToken.None).RecordAsync(heard);
        Assert.Equal(3, heard.Outputs.Length);
        Assert.Empty(heard.Errors);
    }

    [Fact]
    public async Task SaveAsync_FolderInPlaceOfFile_ReportsErrorBeforeDownload()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        Directory.CreateDirectory(session.Folder.File("out/crm-validation-148-part001.csv"));
        Assert.Equal(2, (await session.SaveAsync(job, force: true)).Length);
        Assert.Equal(LinkedInErrorId.FileExists, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal(2, session.Downloads);
    }

    [Fact]
    public async Task SaveAsync_LongerLeftover_LeavesNoBytesInFile()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        Directory.CreateDirectory(session.Folder.File("out"));
        session.Folder.Write("out/crm-validation-148-part001.csv.partial", new string('x', 100_000));
        SavedExportFile file = (await session.SaveAsync(job))[0];
        Assert.Equal(session.Emulator.GetFileBytes(148, 1), await File.ReadAllBytesAsync(file.Path));
    }

    [Fact]
    public async Task SaveAsync_PartialFileLocked_ReportsError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        Directory.CreateDirectory(session.Folder.File("out"));
        using (
            new FileStream(
                session.Folder.File("out/crm-validation-148-part002.csv.partial"),
                FileMode.Create,
                FileAccess.Write,
                FileShare.None
            )
        )
        {
            Assert.Equal([1, 3], (await session.SaveAsync(job)).Select(file => file.Part));
        }

        LinkedInException error = Assert.Single(session.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.FileWriteFailed, error.Id);
        Assert.EndsWith("part002.csv", error.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_SymbolicLinkInPlaceOfPartialFile_ReportsError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                RowsPerPart = 1,
            }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        Directory.CreateDirectory(session.Folder.File("out"));
        string target = session.Folder.Write("precious.txt", "precious");
        File.CreateSymbolicLink(session.Folder.File("out/crm-validation-148-part001.csv.partial"), target);

        Assert.Empty(await session.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal("precious", await File.ReadAllTextAsync(target));
    }

    [Fact]
    public async Task SaveAsync_DestinationIsFile_ReportsError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        session.Folder.Write("out", "a file");
        Assert.Empty(await session.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.FileWriteFailed, Assert.Single(session.Recorder.Errors).Id);
    }
}
