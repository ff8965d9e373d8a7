using LinkedInExports.Benchmarks.Running;
using LinkedInExports.Benchmarks.Serving;

namespace LinkedInExports.Benchmarks.Works;

/// <summary>One large file: checked row by row, hashed and flushed to the disk by us, just written by the others.</summary>
internal sealed class SaveOneFile : Work
{
    private const string Ours = "Save-ExportFile";
    private const string WebRequest = "Invoke-WebRequest -OutFile";
    private const string Curl = "curl";

    internal override string Name => "save-one";

    internal override async Task<IReadOnlyList<Result>> RunAsync(Bench bench)
    {
        long bytes = bench.Amount(1L << 30);
        using DownloadServer server = await DownloadServer.StartAsync(1, bytes, TimeSpan.Zero);
        string folder = bench.EmptyFolder("one");
        string file = Path.Combine(folder, "file.csv");
        Contest contest = await Contest.RunAsync(
            bench.Rounds(5),
            (Ours, () => AndEmptyAsync(bench, bench.Shell.MeasureAsync(
                $"{Shell.ImportModule}{server.GetJob}Measure-Work {{ @($job | Save-ExportFile -Destination {Shell.Quoted(folder)}).Count }} 1"))),
            (WebRequest, () => AndEmptyAsync(bench, bench.Shell.MeasureAsync(
                $"Measure-Work {{ Invoke-WebRequest -Uri '{server.File(1)}' -OutFile {Shell.Quoted(file)} }} $null"))),
            (Curl, () => AndEmptyAsync(bench, Children.TimeAsync("curl", "--silent", "--show-error", "--fail", "--output", file, server.File(1)))));

        string work = $"Save one file of {bytes >> 20} MiB, verified";
        return
        [
            Result.Faster(work, contest, Ours, WebRequest, 1),
            Result.Faster(work, contest, Ours, Curl, 0.6),
        ];
    }

    private static async Task<Sample> AndEmptyAsync(Bench bench, Task<Sample> run)
    {
        Sample sample = await run;
        bench.EmptyFolder("one");
        return sample;
    }
}
