namespace LinkedInExports.Emulator.Analytics;

/// <summary>The actions of the resource by the names that requests give them.</summary>
internal static class AnalyticsAction
{
    public static AnalyticsExport? Parse(string action) => action switch
    {
        "exportActivityData" => AnalyticsExport.Activity,
        "exportSeatData" => AnalyticsExport.Seat,
        "exportActivityOutcomeData" => AnalyticsExport.ActivityOutcome,
        _ => null,
    };
}
