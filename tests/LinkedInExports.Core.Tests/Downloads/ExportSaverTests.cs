using System.Text.Json;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Downloads;

public sealed class ExportSaverTests
{
    private static readonly string[] ThreeFiles =
    [
        "crm-validation-148-part001.csv",
        "crm-validation-148-part001.csv.manifest.json",
        "crm-validation-148-part002.csv",
        "crm-validation-148-part002.csv.manifest.json",
        "crm-validation-148-part003.csv",
        "crm-validation-148-part003.csv.manifest.json",
    ];

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 64)]
    public async Task SaveAsync_SeveralParts_SavesExactBytes(bool chunked, int throttle)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingPolls = 2,
                RowsPerPart = 1234,
                Chunked = chunked,
            }
        );
        SavedExportFile[] files = await fixture.SaveAsync(await fixture.CreateAndWaitAsync(), throttle: throttle);

        Assert.Equal([1, 2, 3], files.Select(file => file.Part));
        Assert.All(
            files,
            file =>
            {
                byte[] expected = fixture.Emulator.GetFileBytes(148, file.Part);
                Assert.Equal(expected, File.ReadAllBytes(file.Path));
                Assert.Equal(
                    (ExportType.CrmValidation, 148L, 3, (long)expected.Length, 1234L, TestHash.Sha256(expected)),
                    (file.ExportType, file.JobId, file.PartCount, file.Length, file.RowCount, file.Sha256)
                );
            }
        );
        Assert.Equal(ThreeFiles, fixture.SavedFiles);
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Empty(fixture.Recorder.Warnings);
    }

    [Fact]
    public async Task SaveAsync_AnyFormat_ReadsBackServerRows()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                RowsPerPart = 100,
                LineEnding = "\r\n",
                ByteOrderMark = true,
                ExtraColumns = ["owner"],
            }
        );
        SavedExportFile[] files = await fixture.SaveAsync(await fixture.CreateAndWaitAsync());
        Assert.Equal(
            fixture.Emulator.GetRows(148).Select(row => (row.CrmId, row.CrmRecordType, row.ExpiredAt, row.CreatedAt)),
            files
                .SelectMany(file => Read(file.Path, fixture.Recorder))
                .Select(record =>
                    (
                        record.CrmId!,
                        record.CrmRecordType!,
                        record.ExpiredAt!.Value.ToUnixTimeMilliseconds(),
                        record.CreatedAt!.Value.ToUnixTimeMilliseconds()
                    )
                )
        );
    }

    [Fact]
    public async Task SaveAsync_PartsWithoutHeader_UseHeaderOfFirstPart()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                RowsPerPart = 10,
                HeaderInEachPart = false,
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile[] files = await fixture.SaveAsync(job);
        Assert.Equal([10L, 10L, 10L], files.Select(file => file.RowCount));
        Assert.Equal(
            fixture.Emulator.GetRows(148).Select(row => row.CrmId),
            files.SelectMany(file => Read(file.Path, fixture.Recorder)).Select(record => record.CrmId)
        );

        // The first part is kept. The second one is downloaded and uses its columns.
        File.Delete(files[1].Path);
        Assert.Equal(files[1].Sha256, (await fixture.SaveAsync(job))[1].Sha256);
        Assert.Equal(10, Read(files[1].Path, fixture.Recorder).Length);
    }

    [Fact]
    public async Task SaveAsync_FirstPartFails_PartsWithoutHeaderWaitForNextRun()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                RowsPerPart = 10,
                HeaderInEachPart = false,
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Folder.Write("x", "");
        Directory.CreateDirectory(fixture.Folder.File("out"));
        fixture.Folder.Write("out/crm-validation-148-part001.csv", "mine");
        Assert.Empty(await fixture.SaveAsync(job));
        Assert.Equal(
            [LinkedInErrorId.FileExists, LinkedInErrorId.DownloadIncomplete, LinkedInErrorId.DownloadIncomplete],
            fixture.Recorder.Errors.Select(error => error.Id)
        );
    }

    [Fact]
    public async Task SaveAsync_CrashBetweenManifestAndFile_NextRunCompletes()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile[] files = await fixture.SaveAsync(job);
        File.Move(files[1].Path, files[1].Path + ".partial");

        Assert.Equal(3, (await fixture.SaveAsync(job)).Length);
        Assert.Equal(ThreeFiles, fixture.SavedFiles);
    }

    [Fact]
    public async Task SaveAsync_JobWithoutLinks_RequestsLinks()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        Assert.Equal(3, (await fixture.SaveAsync(job with { DownloadUrls = [] })).Length);
    }

    [Fact]
    public async Task SaveAsync_JobNotWaitedFor_SavesWhenCompletedElseReportsError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingPolls = 1, RowsPerPart = 5 }
        );
        CrmValidationExportJob job = await fixture.CreateAsync();
        Assert.Empty(await fixture.SaveAsync(job));
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.ExportJobNotCompleted, error.Id);
        Assert.Contains("Wait-ExportJob", error.Message, StringComparison.Ordinal);

        Assert.Equal(3, (await fixture.SaveAsync(job)).Length);
    }

    [Fact]
    public async Task SaveAsync_FailedJob_ReportsError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero, CompletedStatus = "FAILED_DUE_TO_INTERNAL_ERROR" }
        );
        Assert.Empty(await fixture.SaveAsync(await fixture.CreateAsync()));
        Assert.Equal(LinkedInErrorId.ExportJobFailed, Assert.Single(fixture.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_ExportWithoutRows_IsSavedAndRead()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                RowsPerPart = 0,
            }
        );
        SavedExportFile file = Assert.Single(await fixture.SaveAsync(await fixture.CreateAndWaitAsync()));
        Assert.Equal(0, file.RowCount);
        Assert.Empty(Read(file.Path, fixture.Recorder));
    }

    [Fact]
    public async Task SaveAsync_AnyFile_ManifestHasFactsAndNoLink()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        SavedExportFile file = (await fixture.SaveAsync(job))[0];
        string json = await File.ReadAllTextAsync(file.Path + ".manifest.json");
        JsonElement manifest = JsonDocument.Parse(json).RootElement;
        Assert.Equal("CrmValidation", manifest.GetProperty("kind").GetString());
        Assert.Equal(file.Sha256, manifest.GetProperty("sha256").GetString());
        Assert.Equal(4, manifest.GetProperty("columns").GetArrayLength());
        Assert.DoesNotContain("ambry", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_ManyJobs_SavesAll()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 2,
                RowsPerPart = 3,
            }
        );
        var saver = fixture.Client.CreateSaver(new() { Destination = fixture.Folder.File("out"), ThrottleLimit = 3 });
        var input = new InputBuffer<ExportJob>();
        for (int i = 0; i < 20; i++)
            input.Add(await fixture.CreateAsync());
        input.CompleteAdding();
        await saver.SaveAsync(input.ReadAllAsync(), fixture.Recorder, CancellationToken.None).RecordAsync(fixture.Recorder);
        Assert.Equal(40, fixture.Recorder.Outputs.Length);
        Assert.Equal(80, fixture.SavedFiles.Length);
    }

    private static CrmValidationRecord[] Read(string path, IDiagnostics output) =>
        [.. ExportFileReader.Read(path, new ImportOptions(), output, CancellationToken.None).Cast<CrmValidationRecord>()];
}
