using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>What all measurements share: a shell, a folder, and how thorough to be.</summary>
internal sealed class BenchmarkContext(PowerShell shell, string folder, bool isQuick)
{
    /// <summary>Where files go; on a disk, not in memory.</summary>
    internal string Folder => folder;

    /// <summary>Whether a tenth of the work will do: to try the measurements, not to believe them.</summary>
    internal bool IsQuick => isQuick;

    internal Shell Shell { get; } = new(shell, folder);

    /// <summary>So much of something, or a tenth of it.</summary>
    internal long Amount(long full) => isQuick ? full / 10 : full;

    internal int Rounds(int full) => isQuick ? 1 : full;

    /// <summary>A file, made by the first who asks for it.</summary>
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

    /// <summary>A folder that is empty now.</summary>
    internal string EmptyFolder(string name)
    {
        string path = Path.Combine(folder, name);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        Directory.CreateDirectory(path);
        return path;
    }
}
