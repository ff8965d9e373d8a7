using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>The shell, folder and number of rounds of all workloads.</summary>
internal sealed class BenchmarkContext(PowerShell shell, string folder, bool isQuick)
{
    /// <summary>The folder for files, on a disk and not in memory.</summary>
    internal string Folder => folder;

    /// <summary>Whether to run only a tenth of the work, to test the benchmarks.</summary>
    internal bool IsQuick => isQuick;

    internal Shell Shell { get; } = new(shell, folder);

    /// <summary>Gets the amount of work, or a tenth of it for a quick run.</summary>
    internal long Amount(long full) => isQuick ? full / 10 : full;

    internal int Rounds(int full) => isQuick ? 1 : full;

    /// <summary>Gets a file, which is created by the first call.</summary>
    internal string File(string name, Action<Stream> write)
    {
        string path = Path.Combine(folder, name);
        if (!System.IO.File.Exists(path))
        {
            using (FileStream stream = System.IO.File.Create(path + ".new", 1024 * 1024))
                write(stream);
            System.IO.File.Move(path + ".new", path);
        }

        return path;
    }

    /// <summary>Creates or empties a folder.</summary>
    internal string EmptyFolder(string name)
    {
        string path = Path.Combine(folder, name);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        return path;
    }
}
