namespace LinkedInExports.Infrastructure;

/// <summary>What a connection may take of LinkedIn's limits for resumes, and how it writes them.</summary>
internal sealed class QuotaOptions
{
    internal const int DefaultRecordsPerMinute = 10_000;
    internal const int DefaultRequestsPerDay = 100_000;
    internal const string DefaultProtocol = "1.0.0";

    internal int RecordsPerMinute { get; init; } = DefaultRecordsPerMinute;

    internal int RequestsPerDay { get; init; } = DefaultRequestsPerDay;

    /// <summary>The version of the Rest.li protocol.</summary>
    internal string Protocol { get; init; } = DefaultProtocol;
}
