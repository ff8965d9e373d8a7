namespace LinkedInExports.Core.Exports.Saving;

/// <summary>A part that lies whole in its partial file.</summary>
/// <param name="Kind">What it contains.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of the bytes, in hexadecimal.</param>
/// <param name="FirstRow">The fields of the first row; empty for an empty file.</param>
/// <param name="HasHeader">Whether the first row is a header.</param>
/// <param name="Rows">Rows of data.</param>
internal sealed record ArrivedPart(ExportKind Kind, long Length, string Sha256, string[] FirstRow, bool HasHeader, long Rows);
