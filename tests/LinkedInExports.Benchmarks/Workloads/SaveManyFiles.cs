using LinkedInExports.Benchmarks.Runner;
using LinkedInExports.Benchmarks.Servers;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>Measures many downloads from a server with a delay.</summary>
internal sealed class SaveManyFiles : Workload
{
    private const string Ours = "Save-ExportFile";
    private const string WebRequest = "Invoke-WebRequest in a loop";
    private const string Curl = "curl --parallel";
    private const int Files = 64;

    internal override string Name => "save-many";

    internal override string Remark =>
        """
            Invoke-WebRequest downloads one file at a time, and 64 delays of 20 ms are more than half of its time. The rest is the
            transfer, which is limited by the processors. curl shows the maximum speed: it does not hash files, count rows or
            flush, and does not have to be compiled.
            """;

    internal override async Task<IReadOnlyList<Result>> RunAsync(BenchmarkContext bench)
    {
        long bytes = bench.Amount(10L << 20);
        using DownloadServer server = await DownloadServer.StartAsync(Files, bytes, TimeSpan.FromMilliseconds(20));
        string folder = bench.EmptyFolder("many");
        string urls = string.Join(',', Enumerable.Range(1, Files).Select(number => Shell.Quoted(server.File(number))));
        string[] curl =
        [
            "--parallel",
            "--parallel-max",
            "16",
            "--silent",
            "--show-error",
            "--fail",
            "--output",
            Path.Combine(folder, "#1.csv"),
            $"{server.Address}/files/[1-{Files}]",
        ];
        BenchmarkComparison comparison = await BenchmarkComparison.RunAsync(
            bench.Rounds(5),
            (
                Ours,
                () =>
                    AndEmptyAsync(
                        bench,
                        bench.Shell.MeasureAsync(
                            $"{Shell.ImportModule}{server.GetJob}Measure-Work {{ @($job | Save-ExportFile -Destination "
                                + $"{Shell.Quoted(folder)} -ThrottleLimit 16).Count }} {Files}"
                        )
                    )
            ),
            (
                WebRequest,
                () =>
                    AndEmptyAsync(
                        bench,
                        bench.Shell.MeasureAsync(
                            $"$number = 0; Set-Location {Shell.Quoted(folder)}\nMeasure-Work {{ foreach ($url in {urls}) {{ "
                                + $"Invoke-WebRequest -Uri $url -OutFile \"$((++$number)).csv\" }} $number }} {Files}"
                        )
                    )
            ),
            (Curl, () => AndEmptyAsync(bench, ChildProcesses.TimeAsync("curl", curl)))
        );

        string work = $"Save {Files} files of {bytes >> 20} MiB, 20 ms per request, 16 at a time";
        return [Result.Faster(work, comparison, Ours, WebRequest, 5), Result.Faster(work, comparison, Ours, Curl, 0.9)];
    }

    private static async Task<Sample> AndEmptyAsync(BenchmarkContext bench, Task<Sample> run)
    {
        Sample sample = await run;
        bench.EmptyFolder("many");
        return sample;
    }
}
