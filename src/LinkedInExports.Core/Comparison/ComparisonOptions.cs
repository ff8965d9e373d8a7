using System.Text;
using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Comparison;

/// <summary>The files of a comparison and how to compare them.</summary>
public sealed class ComparisonOptions
{
    /// <summary>The files of the reference export.</summary>
    public IReadOnlyList<string> ReferencePaths { get; init; } = [];

    /// <summary>The files of the difference export.</summary>
    public IReadOnlyList<string> DifferencePaths { get; init; } = [];

    /// <summary>The export type, or null to detect it from the manifests or headers.</summary>
    public ExportType? ExportType { get; init; }

    /// <summary>The encoding of files without a byte order mark, or null for UTF-8.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The delimiter, or null to detect it in each file.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The key columns by which records are matched, or an empty list for those of the export type.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>
    /// The memory for rows, in bytes. Rows that do not fit are written to temporary files that only this process can read and
    /// that are deleted when it ends.
    /// </summary>
    public int MemoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The folder for temporary files.</summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();

    internal FileSystem FileSystem { get; init; } = FileSystem.Real;

    internal ImportOptions ToImportOptions(ExportType? exportType) =>
        new()
        {
            ExportType = exportType,
            Encoding = Encoding,
            Delimiter = Delimiter,
        };
}
