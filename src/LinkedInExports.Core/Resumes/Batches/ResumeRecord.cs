namespace LinkedInExports.Core.Resumes.Batches;

/// <summary>One record of a batch.</summary>
/// <param name="Key">Whose resume it is.</param>
/// <param name="ResumeFile">LinkedIn's name of the file, <c>urn:li:ambryBlob:/…</c>.</param>
/// <param name="CreatedAt">When the record was created in the CRM, in milliseconds since 1970-01-01T00:00:00Z.</param>
internal sealed record ResumeRecord(ResumeKey Key, string ResumeFile, long CreatedAt);
