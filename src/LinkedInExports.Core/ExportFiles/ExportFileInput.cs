namespace LinkedInExports.Core.ExportFiles;

/// <summary>An open export file whose header has not been read.</summary>
/// <param name="Path">The path.</param>
/// <param name="File">The open file.</param>
/// <param name="Content">The bytes of the file, which are read from it.</param>
/// <param name="Manifest">The manifest, or null without one.</param>
internal sealed record ExportFileInput(string Path, FileStream File, Stream Content, ExportManifest? Manifest);
