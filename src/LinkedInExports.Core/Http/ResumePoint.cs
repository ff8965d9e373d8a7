namespace LinkedInExports.Core.Http;

/// <summary>The point at which a download resumes.</summary>
/// <param name="Offset">The number of bytes that were received.</param>
/// <param name="Version">The version of the file.</param>
internal sealed record ResumePoint(long Offset, EntityVersion Version);
