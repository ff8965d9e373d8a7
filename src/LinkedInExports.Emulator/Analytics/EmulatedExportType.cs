namespace LinkedInExports.Emulator.Analytics;

/// <summary>The export types of analytics jobs.</summary>
internal enum EmulatedExportType
{
    Activity,
    Seat,
    ActivityOutcome,
}
