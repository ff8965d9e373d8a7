using System.Globalization;
using CsvHelper;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Verifies that a file is unchanged since it was saved.</summary>
public static class ExportFileVerifier
{
    /// <summary>Reads the file once and compares it with its manifest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="diagnostics">Receives a verbose message for a manifest without a checksum.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="LinkedInException">
    /// The file has changed (<see cref="LinkedInErrorId.ExportFileModified"/>), has no manifest
    /// (<see cref="LinkedInErrorId.ManifestMissing"/>), or cannot be read.
    /// </exception>
    public static async Task RunAsync(string path, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        ExportManifest manifest =
            ExportManifest.TryLoadFor(path, out bool isDamaged)
            ?? throw (
                isDamaged
                    ? new LinkedInException(
                        LinkedInErrorId.ExportFileModified,
                        $"{path} cannot be tested: its manifest is damaged or was edited."
                    )
                    {
                        Target = path,
                    }
                    : new LinkedInException(
                        LinkedInErrorId.ManifestMissing,
                        $"{path} cannot be tested: it has no manifest that this version supports."
                    )
                    {
                        Target = path,
                    }
            );
        if (!manifest.HasChecksum)
        {
            diagnostics.Verbose($"The manifest of {path} is from an earlier version of this module and has no checksum.");
        }

        try
        {
            using var file = new HashingStream(
                new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read | FileShare.Delete,
                    1,
                    FileOptions.SequentialScan
                )
            );
            if (file.Length != manifest.Length)
            {
                throw CreateModifiedError(
                    path,
                    $"it has {FormatNumber(file.Length)} bytes and had {FormatNumber(manifest.Length)}"
                );
            }

            CsvProfile shape = await CsvProfile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            if (file.Sha256() != manifest.Sha256)
                throw CreateModifiedError(path, "its SHA-256 differs");

            // The file is unchanged, but its manifest may not be.
            long rows = manifest.HasHeader ? shape.RowCount - 1 : shape.RowCount;
            if (shape.FirstRow.Length == 0 ? manifest.RowCount != 0 : rows != manifest.RowCount)
            {
                throw CreateModifiedError(
                    path,
                    $"it has {FormatNumber(rows)} rows, but {FormatNumber(manifest.RowCount)} according to its manifest"
                );
            }

            if (shape.FirstRow.Length > 0 && !HasColumns(shape.FirstRow, manifest))
                throw CreateModifiedError(path, "its columns differ from its manifest");
        }
        catch (CsvFormatException)
        {
            throw CreateModifiedError(path, $"a row of it is longer than {CsvDialect.MaxRowBytes / 1024 / 1024} MB");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.CreateReadError(path, exception);
        }
    }

    private static bool HasColumns(string[] firstRow, ExportManifest manifest) =>
        manifest.HasHeader ? firstRow.SequenceEqual(manifest.Columns) : firstRow.Length == manifest.Columns.Length;

    private static string FormatNumber(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static LinkedInException CreateModifiedError(string path, string reason) =>
        new(LinkedInErrorId.ExportFileModified, $"{path} was modified after it was saved: {reason}.") { Target = path };
}
