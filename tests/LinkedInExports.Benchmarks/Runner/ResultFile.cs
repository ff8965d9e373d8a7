using System.Text;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>The table that is kept.</summary>
internal static class ResultFile
{
    internal static void Write(string path, string machine, IEnumerable<Result> results, IEnumerable<string> remarks)
    {
        var text = new StringBuilder();
        text.AppendLine("# Measured").AppendLine();
        text.AppendLine("Made by `./build.ps1 -Task Benchmark`; do not edit.").AppendLine();
        foreach (string line in machine.Split('\n'))
            text.Append("* ").AppendLine(line.TrimEnd());
        text.AppendLine();
        text.AppendLine(
            "Each run has a fresh process; contestants take turns; times and memory are medians, ratios the median of the rounds."
        );
        text.AppendLine();
        text.AppendLine("| Work | LinkedInExports | Against | Ratio | Target | |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (Result result in results)
            text.AppendLine(result.ToString());
        foreach (string remark in remarks)
            text.AppendLine().AppendLine(remark);
        File.WriteAllText(path, text.ToString().ReplaceLineEndings("\n"));
    }
}
