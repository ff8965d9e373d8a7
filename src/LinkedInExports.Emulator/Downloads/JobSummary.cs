namespace LinkedInExports.Emulator.Downloads;

/// <summary>What the control surface lists of a job, whatever API it belongs to.</summary>
internal sealed record JobSummary(long Id, string Kind, int Parts, long Rows, string Status);
