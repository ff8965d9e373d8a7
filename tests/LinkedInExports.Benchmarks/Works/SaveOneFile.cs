using LinkedInExports.Benchmarks.Running;
using LinkedInExports.Benchmarks.Serving;

namespace LinkedInExports.Benchmarks.Works;

/// <summary>One large file: checked row by row, hashed and flushed to the disk by us, just written by the others.</summary>
internal sealed class SaveOneFile : Work
{
    private const string Ours = "Save-ExportFile";
    private const string WebRequest = "Invoke-WebRequest -OutFile";
    private const string HashedRequest = "Invoke-WebRequest -OutFile, then Get-FileHash";
    private const string Curl = "curl";

    internal override string Name => "save-one";

    internal override string Remark =>
        """
        The server has one of two cores to itself for half of the time, so what counts here is processor time, not a link. Of
        ours, a quarter writes the file, a fifth is SHA-256, a seventh receives, a thirtieth waits for the disk (sampled with
        perf): the first and the third are all that Invoke-WebRequest has to do. With the same hash it takes longer than we do.
        """;

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
            (HashedRequest, () => AndEmptyAsync(bench, bench.Shell.MeasureAsync(
                $"Measure-Work {{ Invoke-WebRequest -Uri '{server.File(1)}' -OutFile {Shell.Quoted(file)}; (Get-FileHash -LiteralPath {Shell.Quoted(file)}).Hash.Length }} 64"))),
            (Curl, () => AndEmptyAsync(bench, Children.TimeAsync("curl", "--silent", "--show-error", "--fail", "--output", file, server.File(1)))));

        string work = $"Save one file of {bytes >> 20} MiB, verified";
        return
        [
            Result.Faster(work, contest, Ours, WebRequest, 1),
            Result.Faster(work, contest, Ours, HashedRequest, 1),
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
