namespace LinkedInExports.Emulator.Resumes;

/// <summary>A resume as it is kept.</summary>
internal readonly record struct StoredResume(Blob File, long CreatedAt, int TimesWritten);
