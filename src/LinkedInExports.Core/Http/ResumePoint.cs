namespace LinkedInExports.Core.Http;

/// <summary>The rest of a file that has come in part.</summary>
/// <param name="Offset">How many bytes have come.</param>
/// <param name="Version">The version of the file that they are of.</param>
internal sealed record ResumePoint(long Offset, EntityVersion Version);
