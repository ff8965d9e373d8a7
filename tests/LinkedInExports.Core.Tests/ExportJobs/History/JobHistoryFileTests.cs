using LinkedInExports.Core.ExportJobs.History;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Tests.Support;
using static LinkedInExports.Core.Tests.ExportJobs.History.JobHistoryFixture;

namespace LinkedInExports.Core.Tests.ExportJobs.History;

/// <summary>The file of the history: damage, length, other processes, and failures.</summary>
public sealed class JobHistoryFileTests : IDisposable
{
    private readonly JobHistoryFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"api":"api.linkedin.com","jobId":9}""")]
    [InlineData("""{"api":"api.linkedin.com","contract":"urn:li:contract:1","recordedAt":"2026-03-06T12:00:00+00:00"}""")]
    [InlineData("""{"api":"a","jobId":9,"exportType":"CrmValidation","contract":"c","recordedAt":"2026-03-06T12:00:00+00:00"}""")]
    [InlineData("""{"api":"a","jobId":9,"exportType":"Unknown","contract":"c","recordedAt":"2026-03-06T12:00:00+00:00"}""")]
    [InlineData("null")]
    [InlineData("\0\0\0\0")]
    public void GetJobs_DamagedLine_IsSkippedWithWarning(string line)
    {
        _fixture.Record(CreateSeatJob(1));
        File.AppendAllText(_fixture.FilePath, line + "\n");
        _fixture.Record(CreateSeatJob(2));
        Assert.Empty(_fixture.Recorder.Warnings);

        Assert.Equal([2, 1], _fixture.GetJobs().Select(job => job.JobId));
        Assert.Contains("skipped: 1.", Assert.Single(_fixture.Recorder.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_AfterIncompleteLine_BeginsALine()
    {
        _fixture.Record(CreateSeatJob(1));
        byte[] complete = File.ReadAllBytes(_fixture.FilePath);
        File.WriteAllBytes(_fixture.FilePath, complete[..^20]);
        _fixture.Record(CreateSeatJob(2));
        Assert.Equal(2, Assert.Single(_fixture.GetJobs()).JobId);
    }

    [Fact]
    public void Record_LongFile_KeepsTheNewestJobs()
    {
        File.WriteAllText(_fixture.FilePath, new string('\n', JobHistoryFile.MaxLength - 400_000));
        JobHistory history = _fixture.Open();
        int id = 0;
        long length = 0;
        while (id < 20_000 && new FileInfo(_fixture.FilePath).Length >= length)
        {
            length = new FileInfo(_fixture.FilePath).Length;
            id++;
            _fixture.Record(CreateSeatJob(id) with { CreatedAt = Now.AddSeconds(id) }, history);
        }

        Assert.InRange(length, JobHistoryFile.MaxLength - 1000, JobHistoryFile.MaxLength);
        Assert.Equal(JobHistoryFile.MaxJobs, File.ReadAllLines(_fixture.FilePath).Length);
        Assert.Equal(Enumerable.Range(id - 999, 1000).Reverse(), _fixture.GetJobs().Select(job => (int)job.JobId));
        Assert.Equal(["jobs.jsonl", "jobs.lock"], _fixture.Folder.Names);

        // A job that was removed is added again when it is requested.
        _fixture.Record(CreateSeatJob(1) with { Status = "COMPLETED" }, history);
        Assert.Equal(1001, _fixture.GetJobs().Count);
        Assert.Empty(_fixture.Recorder.Warnings);
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, files have no Unix mode.
    public void Record_LongFile_IsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
            return;
        JobHistory history = _fixture.Open();
        _fixture.Record(CreateSeatJob(1), history);
        AssertPrivate();
        File.AppendAllText(_fixture.FilePath, new string('\n', JobHistoryFile.MaxLength));
        _fixture.Record(CreateSeatJob(2), history);
        Assert.Equal(2, File.ReadAllLines(_fixture.FilePath).Length);
        AssertPrivate();

        void AssertPrivate() =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_fixture.FilePath));
    }

    /// <summary>Each history has its own handles, like that of another process.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(JobHistoryFile.MaxLength - 20_000)] // One of them replaces the file.
    public void Record_ManyProcesses_LosesNoJob(int length)
    {
        File.WriteAllText(_fixture.FilePath, new string('\n', length));
        const int processes = 4;
        const int jobs = 100;
        Parallel.For(
            0,
            processes,
            new ParallelOptions { MaxDegreeOfParallelism = processes },
            process =>
            {
                JobHistory history = _fixture.Open();
                for (int job = 1; job <= jobs; job++)
                    _fixture.Record(CreateSeatJob((process * jobs) + job), history);
            }
        );
        Assert.Equal(processes * jobs, _fixture.GetJobs().Count);
        Assert.InRange(new FileInfo(_fixture.FilePath).Length, 1, 200_000);
        Assert.Empty(_fixture.Recorder.Warnings);
    }

    [Theory]
    [InlineData("Open")]
    [InlineData("Write")]
    public void Record_DiskFails_ContinuesWithOneWarning(string operation)
    {
        var history = new JobHistory(
            new FaultyFileSystem { Fails = (step, _) => step == operation },
            _fixture.Folder.Path,
            TimeProvider.System
        );
        for (int id = 1; id <= 3; id++)
            _fixture.Record(CreateSeatJob(id), history);
        Assert.Equal("The job history could not be written: No space left on device", Assert.Single(_fixture.Recorder.Warnings));
        Assert.Empty(_fixture.GetJobs());
    }

    [Fact]
    public void Record_ReplacementFails_KeepsTheFile()
    {
        File.WriteAllText(_fixture.FilePath, new string('\n', JobHistoryFile.MaxLength));
        var files = new FaultyFileSystem { Fails = (step, _) => step == "Move" };
        _fixture.Record(CreateSeatJob(1), new JobHistory(files, _fixture.Folder.Path, TimeProvider.System));
        Assert.Single(_fixture.Recorder.Warnings);
        Assert.Single(_fixture.GetJobs());
    }

    [Fact]
    public void Record_FolderIsAFile_ContinuesWithOneWarning()
    {
        string path = _fixture.Folder.Write("file", "");
        _fixture.Record(CreateSeatJob(1), new JobHistory(FileSystem.Real, Path.Combine(path, "folder"), TimeProvider.System));
        Assert.Single(_fixture.Recorder.Warnings);
    }

    [Fact]
    public void GetJobs_UnreadableFile_IsAnError()
    {
        _fixture.Record(CreateSeatJob(1));
        var history = new JobHistory(new FaultyFileSystem { Fails = (_, _) => true }, _fixture.Folder.Path, TimeProvider.System);
        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            history.GetJobs(new JobHistoryFilter(LinkedInApi, []), _fixture.Recorder)
        );
        Assert.Equal(LinkedInErrorId.FileReadFailed, error.Id);
    }
}
