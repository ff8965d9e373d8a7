using LinkedInExports.Core.ExportFiles;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.DataReaders;

/// <summary>Reads the manifest and the header of each file, so that the columns are known before the first row.</summary>
internal sealed class ExportPartLoader(DataReaderOptions options, IDiagnostics diagnostics)
{
    /// <summary>Loads the files in the order in which they are read: by the end of their periods, then by job and part.</summary>
    /// <exception cref="LinkedInException">
    /// A file cannot be verified, has changed, or is not an export, or the files are not the parts of jobs of one type.
    /// </exception>
    internal ExportPartSet Load(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var files = new ExportPartSet([
            .. paths
                .Select(path => Load(path, cancellationToken))
                .OrderBy(part => part.Manifest?.EndAt)
                .ThenBy(part => part.Manifest?.JobId)
                .ThenBy(part => part.Manifest?.Part),
        ]);
        if (!options.SkipsVerification)
            JobParts.EnsureComplete(files.Parts);
        return files;
    }

    private ExportPart Load(string path, CancellationToken cancellationToken)
    {
        ExportManifest? manifest = options.SkipsVerification ? null : ManifestComparer.LoadManifest(path);
        using FileStream file = ExportInput.Open(path, cancellationToken);
        if (!file.CanSeek)
        {
            throw new LinkedInException(
                LinkedInErrorId.InvalidPath,
                $"{path} is a pipe or a device. A data reader needs a file, because it reads the headers of all files first."
            )
            {
                Target = path,
            };
        }

        if (manifest is null)
            manifest = ExportManifest.TryLoadFor(path);
        else
            new ManifestComparer(path, manifest).EnsureLength(FileErrors.TranslateRead(path, () => file.Length));

        using ExportFileHandle? handle = ExportFileHandle.TryReadHeader(
            new ExportFileInput(path, file, file, manifest),
            options.Import,
            diagnostics
        );
        return new ExportPart(path, manifest, handle?.Errors.Header, handle?.Columns)
        {
            ExportType = handle?.ExportType ?? options.Import.ExportType ?? manifest?.ExportType,
        };
    }
}
