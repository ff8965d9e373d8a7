using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Comparison;

/// <summary>A file that takes part: what it contains and which columns it has.</summary>
/// <param name="Path">The file.</param>
/// <param name="ExportType">What it contains.</param>
/// <param name="Columns">The names of its columns as properties: the documented ones that it has first, then the others in their
/// order.</param>
internal sealed record ComparedFile(string Path, ExportType ExportType, IReadOnlyList<string> Columns)
{
    /// <summary>Reads the headers; a file without one has no rows either and is left out.</summary>
    /// <exception cref="LinkedInException">A file cannot be read, is no export, or is a pipe.</exception>
    internal static List<ComparedFile> ReadHeaders(
        IEnumerable<string> paths,
        ImportOptions options,
        CancellationToken cancellationToken
    )
    {
        var files = new List<ComparedFile>();
        foreach (string path in paths)
        {
            // Without messages: they are written when the rows are read.
            using ExportFileHandle? file = ExportFileHandle.TryOpen(path, options, NullDiagnostics.Instance, cancellationToken);
            if (file is null)
                continue;
            if (!file.Stream.CanSeek)
            {
                throw new LinkedInException(
                    LinkedInErrorId.FileReadFailed,
                    $"{path} is a pipe, and files that are compared are read twice. Save its content to a file first."
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
