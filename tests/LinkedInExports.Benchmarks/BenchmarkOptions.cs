namespace LinkedInExports.Benchmarks;

/// <summary>What the command line says.</summary>
internal sealed class BenchmarkOptions
{
    internal const string Help = """
        Measures LinkedInExports against what people would use instead.

          --out <file>     where the table goes (it is printed in every case)
          --only <names>   only these, separated by commas
          --quick          a tenth of the work, once: to try the measurements, not to believe them
          --folder <dir>   where the files of the measurements go; gigabytes (the system's folder for such files)
          --parts [...]    the parts of the engine with BenchmarkDotNet instead, with its own options
        """;

    internal string? Out { get; private set; }

    internal string[] Only { get; private set; } = [];

    internal bool IsQuick { get; private set; }

    internal string Folder { get; private set; } = Path.GetTempPath();

    /// <exception cref="ArgumentException">Something is not understood.</exception>
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
                    throw new ArgumentException($"'{arguments[i]}' is not understood.\n\n{Help}");
            }

            string Value() =>
                ++i < arguments.Length
                    ? arguments[i]
                    : throw new ArgumentException($"{arguments[i - 1]} needs a value.\n\n{Help}");
        }

        return options;
    }
}
