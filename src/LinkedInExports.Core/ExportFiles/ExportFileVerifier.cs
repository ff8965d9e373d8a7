using CsvHelper;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Telemetry;

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
    public static Task RunAsync(string path, IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        TraceSpan.RunAsync("verify part", span => RunCoreAsync(path, span, diagnostics, cancellationToken));

    private static async Task<bool> RunCoreAsync(
        string path,
        TraceSpan span,
        IDiagnostics diagnostics,
        CancellationToken cancellationToken
    )
    {
        ExportManifest manifest = ManifestComparer.LoadManifest(path);
        if (!manifest.HasChecksum)
        {
            diagnostics.Verbose($"The manifest of {path} has no checksum of itself.");
        }

        try
        {
            using var file = new HashingStream(SequentialFile.OpenRead(path, FileShare.Read | FileShare.Delete));
            var comparer = new ManifestComparer(path, manifest);
            comparer.EnsureLength(file.Length);
            CsvProfile profile = await CsvProfile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            bool isEmpty = profile.FirstRow.Length == 0;
            long rows = manifest.HasHeader && !isEmpty ? profile.RowCount - 1 : profile.RowCount;
            comparer.EnsureContent(file.Sha256(), rows, isEmpty ? null : profile.FirstRow);
            span.With(TelemetryAttribute.FileLength, manifest.Length).With(TelemetryAttribute.FileRows, rows);
            return true;
        }
        catch (CsvFormatException)
        {
            throw ManifestComparer.CreateModifiedError(
                path,
                $"a row of it is longer than {CsvDialect.MaxRowBytes / 1024 / 1024} MB"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.CreateReadError(path, exception);
        }
    }
}
