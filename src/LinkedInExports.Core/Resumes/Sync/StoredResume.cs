using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>A record of the stored input.</summary>
/// <param name="Input">The validated record.</param>
/// <param name="Key">The hash of its key; meaningless if its ids are invalid.</param>
/// <param name="IsNewest">Whether it is the last record with its key, or invalid.</param>
internal readonly record struct StoredResume(ResumeInput Input, KeyHash Key, bool IsNewest);
