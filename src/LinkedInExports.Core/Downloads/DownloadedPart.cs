using LinkedInExports.Core.ExportFiles;

namespace LinkedInExports.Core.Downloads;

/// <summary>A part that is complete in its partial file.</summary>
/// <param name="Length">The number of bytes.</param>
/// <param name="Sha256">The SHA-256 of the bytes, in hexadecimal.</param>
/// <param name="Profile">The first row, the number of rows, and the end of the file.</param>
/// <param name="IsKnownComplete">Whether the transport detects a truncated body, and the last row is complete and ends with a
/// line break.</param>
internal sealed record DownloadedPart(long Length, string Sha256, CsvProfile Profile, bool IsKnownComplete);
