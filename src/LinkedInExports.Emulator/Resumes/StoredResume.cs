namespace LinkedInExports.Emulator.Resumes;

internal readonly record struct StoredResume(Blob File, long CreatedAt, int TimesWritten);
