namespace LinkedInExports.Emulator.Downloads;

/// <summary>The links to all files of a job that were handed out together.</summary>
internal sealed record LinkSet(string[] Signatures, string[] Urls, DateTimeOffset ExpiresAt);
