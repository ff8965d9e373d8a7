using System.Diagnostics;
using LinkedInExports.Core.Comparison;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportFiles;

/// <summary>Files that are pipes, as in process substitution.</summary>
public sealed class PipeTests : IDisposable
{
    private const string Header = "crmId,crmRecordType,expiredAt,createdAt";

    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public async Task Read_Pipe_GivesTheRecords()
    {
        string pipe = MakePipe();
        Task writing = Task.Run(() =>
            File.WriteAllText(pipe, $"{Header}\n" + string.Concat(Enumerable.Repeat("a,LEAD,1,2\n", 50_000)))
        );

        Assert.Equal(50_000, ExportFileReader.Read(pipe, new ImportOptions(), _recorder, CancellationToken.None).Count());
        await writing;
        Assert.Empty(_recorder.Errors);
    }

    [UnixFact]
    public async Task Read_PipeWithoutWriter_EndsWhenItIsCanceled()
    {
        string pipe = MakePipe();
        using var stop = new CancellationTokenSource();
        Task<object[]> reading = Task.Run(() =>
            ExportFileReader.Read(pipe, new ImportOptions(), _recorder, stop.Token).ToArray()
        );
        Assert.False(reading.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => reading);
        Release(pipe);
    }

    [UnixFact]
    public async Task Read_PipeThatPauses_EndsWhenItIsCanceled()
    {
        string pipe = MakePipe();
        using var stop = new CancellationTokenSource();
        var first = new TaskCompletionSource();
        Task reading = Task.Run(() =>
        {
            foreach (object _ in ExportFileReader.Read(pipe, new ImportOptions(), _recorder, stop.Token))
                first.TrySetResult();
        });

        using var writer = new StreamWriter(new FileStream(pipe, FileMode.Open, FileAccess.Write));
        await writer.WriteAsync($"{Header}\n" + string.Concat(Enumerable.Repeat("a,LEAD,1,2\n", 50_000)));
        await writer.FlushAsync();
        await first.Task;

        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => reading);
    }

    [UnixFact]
    public async Task Compare_Pipe_IsAClearError()
    {
        string pipe = MakePipe();
        string file = _folder.Write("export.csv", $"{Header}\na,LEAD,1,2\n");
        Task writing = Task.Run(() => File.WriteAllText(pipe, $"{Header}\na,LEAD,1,2\n"));
        var options = new ComparisonOptions { ReferencePaths = [file], DifferencePaths = [pipe] };

        LinkedInException error = Assert.Throws<LinkedInException>(() =>
            ExportComparer.Compare(options, _recorder, CancellationToken.None).Record(_recorder)
        );
        await writing;
        Assert.Equal(LinkedInErrorId.FileReadFailed, error.Id);
        Assert.Contains("is a pipe", error.Message, StringComparison.Ordinal);
    }

    private string MakePipe()
    {
        string path = _folder.File("pipe");
        using Process process = Process.Start("mkfifo", path);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }

    /// <summary>Completes the abandoned open operation, so that the test's folder can be deleted.</summary>
    private static void Release(string pipe) => new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite).Dispose();

    /// <summary>Named pipes are files on Unix only.</summary>
    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "Windows has no named pipes in its file system.";
        }
    }
}
