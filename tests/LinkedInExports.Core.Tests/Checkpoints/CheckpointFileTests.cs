using System.Text;
using LinkedInExports.Core.Checkpoints;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;

namespace LinkedInExports.Core.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private const string Api = "api.linkedin.com";

    private static readonly CheckpointState State = new()
    {
        Api = Api,
        Series =
        [
            new ExportSeries
            {
                ExportType = ExportType.CrmValidation,
                Owner = EmulatorFixture.Crm,
                Watermark = EmulatorFixture.Start,
                Slices =
                [
                    new Slice
                    {
                        StartAt = EmulatorFixture.Start,
                        JobId = 3_000_000_000,
                        CreatedAt = EmulatorFixture.Start.AddDays(1),
                    },
                ],
            },
            new ExportSeries
            {
                ExportType = ExportType.Seat,
                Owner = "urn:li:contract:7001",
                Slices =
                [
                    new Slice
                    {
                        StartAt = EmulatorFixture.Start,
                        EndAt = EmulatorFixture.Start.AddDays(90),
                        RequestedAt = EmulatorFixture.Start.AddDays(91).AddMilliseconds(7),
                    },
                ],
            },
        ],
    };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_AfterWrite_ReturnsSameState()
    {
        string path = _folder.File("checkpoint.json");
        Assert.Null(CheckpointFile.Read(path, Api));
        CheckpointFile.Write(FileSystem.Real, path, State);
        CheckpointState read = CheckpointFile.Read(path, "API.LinkedIn.com")!;
        Assert.Equal(State.Series.SelectMany(series => series.Slices), read.Series.SelectMany(series => series.Slices));
        Assert.Equal(
            State.Series.Select(series => (series.ExportType, series.Owner, series.Watermark)),
            read.Series.Select(series => (series.ExportType, series.Owner, series.Watermark))
        );
    }

    [Fact]
    public void Read_DamagedByte_ThrowsAndKeepsFile()
    {
        string path = _folder.File("checkpoint.json");
        CheckpointFile.Write(FileSystem.Real, path, State);
        byte[] whole = File.ReadAllBytes(path);
        int tolerated = 0;
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x01;
            tolerated += Tolerates(changed);
            Assert.Equal(0, Tolerates(whole[..at]));
            Assert.Equal(0, Tolerates([.. whole[..at], 0, .. whole[at..]]));
        }

        Assert.Equal(0, tolerated);

        int Tolerates(byte[] bytes)
        {
            File.WriteAllBytes(path, bytes);
            try
            {
                CheckpointState state = CheckpointFile.Read(path, Api)!;
                Assert.Equal(State.Series[0].Slices, state.Series[0].Slices);
                return 1;
            }
            catch (LinkedInException error)
            {
                Assert.Equal((LinkedInErrorId.CheckpointCorrupt, path), (error.Id, error.Target));
                Assert.Equal(bytes, File.ReadAllBytes(path));
                return 0;
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"format":"1"}""")]
    [InlineData("""{"format":1,"sha256":"","state":null}""")]
    [InlineData("jobId,status\n148,COMPLETED\n")]
    public async Task Open_InvalidCheckpoint_ThrowsAndKeepsFile(string text)
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, _folder.Path);
        File.WriteAllText(run.CheckpointPath, text);
        Assert.Equal(LinkedInErrorId.CheckpointCorrupt, Assert.Throws<LinkedInException>(() => run.Open()).Id);
        Assert.Equal(
            LinkedInErrorId.CheckpointCorrupt,
            Assert.Throws<LinkedInException>(() => fixture.Client.ValidateCheckpoint(run.CheckpointPath)).Id
        );
        Assert.Equal(text, File.ReadAllText(run.CheckpointPath));
        Assert.Empty(fixture.Emulator.Requests);
    }

    [Fact]
    public void Read_FileThatCannotBeExamined_ThrowsAsItMayExist()
    {
        if (OperatingSystem.IsWindows())
            return;
        string loop = _folder.File("loop");
        File.CreateSymbolicLink(loop, loop);
        string path = Path.Combine(loop, "checkpoint.json");
        Assert.False(File.Exists(path));
        LinkedInException error = Assert.Throws<LinkedInException>(() => CheckpointFile.Read(path, Api));
        Assert.Equal((LinkedInErrorId.FileReadFailed, path), (error.Id, error.Target));
    }

    [Theory]
    [InlineData("checkpoint.json")]
    [InlineData("missing/checkpoint.json")]
    public void Read_NoFile_ReturnsNull(string name) => Assert.Null(CheckpointFile.Read(_folder.File(name), Api));

    [Fact]
    public void Read_NewerFormat_ThrowsWithFormat()
    {
        string path = _folder.Write("checkpoint.json", """{"format":2,"content":{}}""");
        LinkedInException error = Assert.Throws<LinkedInException>(() => CheckpointFile.Read(path, Api));
        Assert.Equal(LinkedInErrorId.CheckpointCorrupt, error.Id);
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CheckpointOfAnotherServer_Throws()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        var run = new DailyExportFixture(fixture.Client, _folder.Path);
        CheckpointFile.Write(FileSystem.Real, run.CheckpointPath, State);
        LinkedInException error = Assert.Throws<LinkedInException>(() => run.Open());
        Assert.Equal(LinkedInErrorId.CheckpointServerMismatch, error.Id);
        Assert.Contains(Api, error.Message, StringComparison.Ordinal);
        Assert.NotNull(CheckpointFile.Read(run.CheckpointPath, Api));
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, files have no Unix mode.
    public async Task Write_State_ContainsNoSecretAndIsPrivate()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero, RowsPerPart = 3 }
        );
        var run = new DailyExportFixture(fixture.Client, _folder.Path);
        string[] seen = [];
        using (CheckpointLease checkpoint = run.Open())
        {
            await fixture
                .Client.CreateIncrementalExports(checkpoint)
                .ContinueCrmValidationAsync(
                    EmulatorFixture.CrmInstance,
                    EmulatorFixture.Start,
                    TimeSpan.Zero,
                    false,
                    run.Recorder,
                    default
                )
                .RecordAsync(run.Recorder);
            seen = [.. seen, File.ReadAllText(run.CheckpointPath)];
            ExportJob job = await fixture.Client.Jobs.GetAsync(run.Jobs[0], new RecordingOutput(), default);
            await run.SaveAsync(checkpoint, [job]);
            seen = [.. seen, File.ReadAllText(run.CheckpointPath)];
        }

        Assert.All(
            seen,
            text =>
            {
                Assert.DoesNotContain(fixture.Emulator.AccessToken, text, StringComparison.Ordinal);
                Assert.DoesNotContain("ambry", text, StringComparison.Ordinal);
                Assert.Contains(fixture.Emulator.BaseUri.Authority, text, StringComparison.Ordinal);
            }
        );
        Assert.Equal(["crm.json", "crm.json.lock", "out"], _folder.Names);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(run.CheckpointPath));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(run.CheckpointPath + ".lock"));
        }
    }

    [Fact]
    public void Write_State_ProducesReadableJson()
    {
        string path = _folder.File("checkpoint.json");
        CheckpointFile.Write(FileSystem.Real, path, State);
        string text = File.ReadAllText(path, Encoding.UTF8);
        Assert.Contains("\"watermark\":\"2018-08-09T00:00:00+00:00\"", text, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"CrmValidation\"", text, StringComparison.Ordinal);
    }
}
