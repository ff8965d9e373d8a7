using LinkedInExports.Core.Http;
using LinkedInExports.Core.IO;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Core.Resumes.Quotas.Shared;

namespace LinkedInExports.Core.Resumes;

/// <summary>Settings of the resume client.</summary>
internal sealed record ResumeClientOptions
{
    /// <summary>The maximum number of records per minute.</summary>
    internal required int RecordsPerMinute { get; init; }

    /// <summary>The maximum number of requests per day (UTC).</summary>
    internal required int RequestsPerDay { get; init; }

    internal required RestLiProtocol Protocol { get; init; }

    internal required RetryOptions Retry { get; init; }

    internal required TimeProvider Time { get; init; }

    internal required FileSystem FileSystem { get; init; }

    /// <summary>Counts the usage of other processes as well, or null.</summary>
    internal ISharedQuota? SharedQuota { get; init; }
}
