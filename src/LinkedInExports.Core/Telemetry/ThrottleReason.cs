namespace LinkedInExports.Core.Telemetry;

/// <summary>The values of the attribute for the reason of a wait.</summary>
internal static class ThrottleReason
{
    /// <summary>LinkedIn returned 429.</summary>
    internal const string TooManyRequests = "too_many_requests";

    /// <summary>A request failed transiently, and is sent again after a delay.</summary>
    internal const string Retry = "retry";

    /// <summary>A completed job has no usable links yet.</summary>
    internal const string LinksMissing = "links_missing";

    /// <summary>The records of the minute are used.</summary>
    internal const string RecordsPerMinute = "records_per_minute";

    /// <summary>The requests of the day are used.</summary>
    internal const string RequestsPerDay = "requests_per_day";
}
