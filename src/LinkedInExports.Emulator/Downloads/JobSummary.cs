namespace LinkedInExports.Emulator.Downloads;

/// <summary>A job in the list of the control API.</summary>
internal sealed record JobSummary(long Id, string Kind, int Parts, long Rows, string Status);
