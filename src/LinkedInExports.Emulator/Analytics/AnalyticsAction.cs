namespace LinkedInExports.Emulator.Analytics;

/// <summary>Maps the action names in requests to export types.</summary>
internal static class AnalyticsAction
{
    public static EmulatedExportType? Parse(string action) =>
        action switch
        {
            "exportActivityData" => EmulatedExportType.Activity,
            "exportSeatData" => EmulatedExportType.Seat,
            "exportActivityOutcomeData" => EmulatedExportType.ActivityOutcome,
            _ => null,
        };
}
