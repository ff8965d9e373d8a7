using System.Text;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Comparison;

/// <summary>What to compare, and by what.</summary>
public sealed class ComparisonOptions
{
    /// <summary>All files of the one export.</summary>
    public IReadOnlyList<string> ReferencePaths { get; init; } = [];

    /// <summary>All files of the other.</summary>
    public IReadOnlyList<string> DifferencePaths { get; init; } = [];

    /// <summary>What the files contain; null to see from their manifests, or else from their headers.</summary>
    public ExportType? ExportType { get; init; }

    /// <summary>The encoding of files without a byte order mark; null for UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The character between the values of a row; null to see from the first row of each file.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The columns by which records find each other; none for those that are known of the kind.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>
    /// How much memory the rows may take, in bytes. What does not fit goes to files that only this process can read and
    /// that are gone with it.
    /// </summary>
    public int MemoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Where those files have room.</summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();

    internal FileSystem FileSystem { get; init; } = FileSystem.Real;

    /// <summary>How to read the files.</summary>
    internal ImportOptions ToImportOptions(ExportType? exportType) =>
        new()
        {
            ExportType = exportType,
            Encoding = Encoding,
            Delimiter = Delimiter,
        };
}
