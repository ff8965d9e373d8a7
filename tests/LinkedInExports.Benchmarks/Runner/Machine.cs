using System.Globalization;
using System.Runtime.InteropServices;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>Describes the machine and the versions.</summary>
internal static class Machine
{
    internal static async Task<string> DescribeAsync(Shell shell)
    {
        string powerShell = (
            await shell.RunAsync(
                "$PSVersionTable.PSVersion.ToString(); [Runtime.InteropServices.RuntimeInformation]::FrameworkDescription"
            )
        )
            .Trim()
            .Replace("\n", " on ", StringComparison.Ordinal);
        return $"""
            {DateTime.UtcNow.ToString(
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture
            )}; {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes
                >> 30} GB; {RuntimeInformation.OSDescription}
            PowerShell {powerShell}; CsvHelper {Version(typeof(CsvHelper.CsvReader))}; LinkedInExports {Version(
                typeof(Core.LinkedInClient)
            )}; curl {await CurlAsync()}
            """;
    }

    private static string Version(Type type) => type.Assembly.GetName().Version!.ToString(3);

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static async Task<string> CurlAsync() => (await ChildProcesses.RunAsync(new("curl", ["--version"]))).Split(' ')[1];
}
