namespace LinkedInExports.Infrastructure;

/// <summary>The resume quotas of a connection, and the protocol of its requests.</summary>
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
