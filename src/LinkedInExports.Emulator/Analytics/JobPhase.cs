namespace LinkedInExports.Emulator.Analytics;

/// <summary>The phase of a job in its queue.</summary>
internal enum JobPhase
{
    Enqueued,
    Processing,
    Ended,
}
