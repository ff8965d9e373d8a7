namespace LinkedInExports.Core.ExportFiles;

/// <summary>Finds export files among the other files of a folder.</summary>
public static class ExportFolder
{
    private const string Extension = ".csv";

    /// <summary>Files that Save-ExportFile creates in addition to export files.</summary>
    private static readonly string[] OtherSuffixes = [ExportManifest.Suffix, ".partial"];

    /// <summary>
    /// Gets the export files of a folder, sorted by name: CSV files and files with a manifest. Subfolders are not searched.
    /// </summary>
    public static IReadOnlyList<string> GetFiles(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder)
                .Where(file => file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || ExportManifest.ExistsFor(file))
                .Where(IsExportFile)
                .OrderBy(file => file, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Whether a file that a user did not specify by its name can be an export file: not a manifest, a partial file, or a file
    /// of converted records.
    /// </summary>
    public static bool IsExportFile(string path) =>
        !OtherSuffixes.Any(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
        && !ConvertedFile.IsConverted(path);
}
