namespace LinkedInExports.Emulator.Analytics;

/// <summary>What an analytics job exports.</summary>
internal enum EmulatedExportType
{
    Activity,
    Seat,
    ActivityOutcome,
}
