using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Downloads;

/// <summary>A part that is complete in its partial file.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">The SHA-256 of the bytes, in hexadecimal.</param>
/// <param name="Shape">The first row, and how many there are.</param>
/// <param name="IsKnownComplete">
/// Whether the transport would have noticed an end that comes too early, and the last row is complete and has a line break.
/// </param>
internal sealed record DownloadedPart(long Length, string Sha256, CsvProfile Shape, bool IsKnownComplete);
