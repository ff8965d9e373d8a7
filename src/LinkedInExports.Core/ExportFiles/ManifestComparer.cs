using System.Globalization;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Compares a file with its manifest.</summary>
internal sealed class ManifestComparer(string path, ExportManifest manifest)
{
    /// <summary>Reads the manifest that a file must have to be verified.</summary>
    /// <exception cref="LinkedInException">
    /// The manifest is damaged (<see cref="LinkedInErrorId.ExportFileModified"/>) or missing
    /// (<see cref="LinkedInErrorId.ManifestMissing"/>), or cannot be read.
    /// </exception>
    internal static ExportManifest LoadManifest(string path) =>
        ExportManifest.TryLoadFor(path, out bool isDamaged)
        ?? throw (
            isDamaged
                ? CreateError(
                    LinkedInErrorId.ExportFileModified,
                    path,
                    "cannot be verified: its manifest is damaged or was edited."
                )
                : CreateError(
                    LinkedInErrorId.ManifestMissing,
                    path,
                    "cannot be verified: it has no manifest that this version supports."
                )
        );

    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.ExportFileModified"/>.</exception>
    internal void EnsureLength(long length)
    {
        if (length != manifest.Length)
            throw CreateModifiedError(path, $"it has {Format(length)} bytes and had {Format(manifest.Length)}");
    }

    /// <summary>Compares the content after the file was read to its end.</summary>
    /// <param name="sha256">The hash of all bytes.</param>
    /// <param name="rows">The number of data rows.</param>
    /// <param name="firstRow">
    /// The header, or the first row of a file without one; null for an empty file, and if the names are not compared.
    /// </param>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.ExportFileModified"/>.</exception>
    internal void EnsureContent(string sha256, long rows, IReadOnlyList<string>? firstRow)
    {
        if (sha256 != manifest.Sha256)
            throw CreateModifiedError(path, "its SHA-256 differs");

        // The file is unchanged, but a manifest without a checksum may not be.
        if (rows != manifest.RowCount)
        {
            throw CreateModifiedError(
                path,
                $"it has {Format(rows)} rows, but {Format(manifest.RowCount)} according to its manifest"
            );
        }

        if (firstRow is not null && !HasColumns(firstRow))
            throw CreateModifiedError(path, "its columns differ from its manifest");
    }

    internal static LinkedInException CreateModifiedError(string path, string reason) =>
        CreateError(LinkedInErrorId.ExportFileModified, path, $"was modified after it was saved: {reason}.");

    private bool HasColumns(IReadOnlyList<string> firstRow) =>
        manifest.HasHeader ? firstRow.SequenceEqual(manifest.Columns) : firstRow.Count == manifest.Columns.Length;

    private static LinkedInException CreateError(LinkedInErrorId id, string path, string problem) =>
        new(id, $"{path} {problem}") { Target = path };

    private static string Format(long number) => number.ToString(CultureInfo.InvariantCulture);
}
