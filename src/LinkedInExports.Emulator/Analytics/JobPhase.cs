namespace LinkedInExports.Emulator.Analytics;

/// <summary>Where a job is on its way.</summary>
internal enum JobPhase
{
    Enqueued,
    Processing,
    Ended,
}
