namespace LinkedInExports.Benchmarks;

/// <summary>The parsed options of the command line.</summary>
internal sealed class BenchmarkOptions
{
    internal const string Help = """
        Measures LinkedInExports and the common alternatives.

          --out <file>     file for the table, which is always printed too
          --only <names>   workloads to run, separated by commas (all)
          --quick          run a tenth of the work once, to test the benchmarks
          --folder <dir>   folder for temporary files of several gigabytes (the system's temporary folder)
          --parts [...]    run the micro-benchmarks with BenchmarkDotNet and its options instead
        """;

    internal string? Out { get; private set; }

    internal string[] Only { get; private set; } = [];

    internal bool IsQuick { get; private set; }

    internal string Folder { get; private set; } = Path.GetTempPath();

    /// <exception cref="ArgumentException">An argument is invalid.</exception>
    internal static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--out":
                    options.Out = Path.GetFullPath(Value());
                    break;
                case "--only":
                    options.Only = Value().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                    break;
                case "--folder":
                    options.Folder = Path.GetFullPath(Value());
                    break;
                case "--quick":
                    options.IsQuick = true;
                    break;
                default:
                    throw new ArgumentException($"'{arguments[i]}' is not a valid argument.\n\n{Help}");
            }

            string Value() =>
                ++i < arguments.Length
                    ? arguments[i]
                    : throw new ArgumentException($"{arguments[i - 1]} requires a value.\n\n{Help}");
        }

        return options;
    }
}
