namespace LinkedInExports.Emulator.Analytics;

/// <summary>The actions of the resource by the names that requests give them.</summary>
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
