using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>
/// Measures the download of a large file at the maximum speed and over a limited link. The module validates each row, hashes
/// the file and flushes it; the alternatives only write it.
/// </summary>
internal sealed class SaveOneFile : Workload
{
    private const string Ours = "Save-ExportFile";
    private const string WebRequest = "Invoke-WebRequest -OutFile";
    private const string HashedRequest = "Invoke-WebRequest -OutFile, then Get-FileHash";
    private const string Curl = "curl";
    private const long LinkBytesPerSecond = 1_000_000_000 / 8;

    internal override string Name => "save-one";

    internal override string Remark =>
        """
            On loopback, processor time is the limit, and the server uses some of it. Of the module's time, a quarter writes the
            file, a fifth computes SHA-256, a seventh receives, and a thirtieth waits for the disk (sampled with perf);
            Invoke-WebRequest does only the writing and the receiving. The first save of a session also compiles about 1,800
            methods, half a second of processor time; Invoke-WebRequest is precompiled. Over a link of 1 Gbit/s, all of this
            happens during the transfer.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long bytes = bench.Amount(1L << 30);
        string work = $"Save one file of {bytes >> 20} MiB, verified";
        BenchmarkComparison fast = await CompareAsync(bench, 5, bytes, 0);
        BenchmarkComparison link = await CompareAsync(bench, 3, bytes, LinkBytesPerSecond);
        return
        [
            Result.Faster(work, fast, Ours, WebRequest, 1),
            Result.Faster(work, fast, Ours, HashedRequest, 1),
            Result.Faster(work, fast, Ours, Curl, 0.6),
            Result.Faster(work + ", over a link of 1 Gbit/s", link, Ours, WebRequest, 0.95),
            Result.Faster(work + ", over a link of 1 Gbit/s", link, Ours, HashedRequest, 1),
            Result.Faster(work + ", over a link of 1 Gbit/s", link, Ours, Curl, 0.6),
        ];
    }

    private static async Task<BenchmarkComparison> CompareAsync(
        BenchmarkContext bench,
        int rounds,
        long bytes,
        long bytesPerSecond
    )
    {
        using DownloadServer server = await DownloadServer.StartAsync(1, bytes, bytesPerSecond: bytesPerSecond);
        string folder = bench.EmptyFolder("one");
        string file = Path.Combine(folder, "file.csv");
        string request = $"Invoke-WebRequest -Uri '{server.File(1)}' -OutFile {Shell.Quoted(file)}";
        return await BenchmarkComparison.RunAsync(
            bench.Rounds(rounds),
            (
                Ours,
                () =>
                    AndEmptyAsync(
                        bench,
                        bench.Shell.MeasureAsync(
                            $"{Shell.ImportModule}{server.GetJob}Measure-Work {{ @($job | Save-ExportFile -Destination "
                                + $"{Shell.Quoted(folder)}).Count }} 1"
                        )
                    )
            ),
            (WebRequest, () => AndEmptyAsync(bench, bench.Shell.MeasureAsync($"Measure-Work {{ {request} }} $null"))),
            (
                HashedRequest,
                () =>
                    AndEmptyAsync(
                        bench,
                        bench.Shell.MeasureAsync(
                            $"Measure-Work {{ {request}; (Get-FileHash -LiteralPath {Shell.Quoted(file)}).Hash.Length }} 64"
                        )
                    )
            ),
            (
                Curl,
                () =>
                    AndEmptyAsync(
                        bench,
                        ChildProcesses.TimeAsync("curl", "--silent", "--show-error", "--fail", "--output", file, server.File(1))
                    )
            )
        );
    }

    private static async Task<Sample> AndEmptyAsync(BenchmarkContext bench, Task<Sample> run)
    {
        Sample sample = await run;
        bench.EmptyFolder("one");
        return sample;
    }
}
