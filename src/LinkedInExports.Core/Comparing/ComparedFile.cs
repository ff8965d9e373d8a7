using LinkedInExports.Core.Messages;
using LinkedInExports.Core.Records;

namespace LinkedInExports.Core.Comparing;

/// <summary>A file that takes part: what it contains and which columns it has.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What it contains.</param>
/// <param name="Columns">The names of its columns as properties: the documented ones first, then the others in their order.</param>
internal sealed record ComparedFile(string Path, ExportKind Kind, IReadOnlyList<string> Columns)
{
    /// <summary>Reads the headers; a file without one has no rows either and is left out.</summary>
    /// <exception cref="LinkedInException">A file cannot be read, or is no export.</exception>
    internal static List<ComparedFile> ReadHeaders(IEnumerable<string> paths, ImportOptions options)
    {
        var files = new List<ComparedFile>();
        foreach (string path in paths)
        {
            // In silence: what there is to say is said when the rows are read.
            using OpenExportFile? file = OpenExportFile.TryOpen(path, options, Silence.Instance);
            if (file is not null)
                files.Add(new ComparedFile(path, file.Kind, [.. RecordValues.Of(file.Kind).Names, .. file.Layout.ExtraNames]));
        }

        return files;
    }

    internal bool Has(string column) => Columns.Contains(column, StringComparer.OrdinalIgnoreCase);
}
