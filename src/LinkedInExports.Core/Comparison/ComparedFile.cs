using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Comparison;

/// <summary>A file of a comparison.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="ExportType">The export type of the file.</param>
/// <param name="Columns">
/// The names of the columns as properties: first the documented columns, then the others in the order of the file.
/// </param>
internal sealed record ComparedFile(string Path, ExportType ExportType, IReadOnlyList<string> Columns)
{
    /// <summary>Reads the headers. Files without a header have no rows and are omitted.</summary>
    /// <exception cref="LinkedInException">A file cannot be read, is not an export file, or is a pipe.</exception>
    internal static List<ComparedFile> ReadHeaders(
        IEnumerable<string> paths,
        ImportOptions options,
        CancellationToken cancellationToken
    )
    {
        var files = new List<ComparedFile>();
        foreach (string path in paths)
        {
            // Diagnostics are written when the rows are read.
            using ExportFileHandle? file = ExportFileHandle.TryOpen(path, options, NullDiagnostics.Instance, cancellationToken);
            if (file is null)
                continue;
            if (!file.Stream.CanSeek)
            {
                throw new LinkedInException(
                    LinkedInErrorId.FileReadFailed,
                    $"{path} is a pipe, but compared files are read twice. Save its content to a file first."
                )
                {
                    Target = path,
                };
            }

            IEnumerable<string> documented = RecordMapper
                .Get(file.ExportType)
                .Names.Where((_, index) => file.Columns.Has(ExportSchema.GetColumns(file.ExportType)[index]));
            files.Add(new ComparedFile(path, file.ExportType, [.. documented, .. file.Columns.ExtraNames]));
        }

        return files;
    }

    internal bool HasColumn(string column) => Columns.Contains(column, StringComparer.OrdinalIgnoreCase);
}
