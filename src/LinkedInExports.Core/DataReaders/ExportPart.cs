using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.DataReaders;

/// <summary>A file of the reader, whose header was read.</summary>
/// <param name="Path">The path.</param>
/// <param name="Manifest">The manifest, or null without one.</param>
/// <param name="Header">The names of the columns, or null for an empty file.</param>
/// <param name="Columns">The columns, or null for an empty file.</param>
internal sealed record ExportPart(string Path, ExportManifest? Manifest, IReadOnlyList<string>? Header, ColumnMap? Columns)
{
    /// <summary>The export type, or null for an empty file without a manifest.</summary>
    internal ExportType? ExportType { get; init; }
}
