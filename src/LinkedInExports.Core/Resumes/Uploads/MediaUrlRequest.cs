using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>The body of a request for an upload link: <c>POST hireMediaUrl</c>.</summary>
internal sealed class MediaUrlRequest
{
    public UsageParameters UsageParameters { get; } = new();

    public required string ContentType { get; init; }

    public required string HiringContext { get; init; }

    /// <summary>
    /// The time that LinkedIn keeps the file. The documentation shows the type without the name of the field, which is from
    /// LinkedIn's release notes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RetentionTimespan? BlobTtl { get; init; }
}

internal sealed class UsageParameters
{
    public EmptyObject TcrmResumeParameters { get; } = new();
}

internal sealed class EmptyObject;

/// <summary>LinkedIn's type <c>Timespan</c>.</summary>
internal sealed class RetentionTimespan
{
    public required long Duration { get; init; }

    /// <summary>MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH or YEAR.</summary>
    public required string Unit { get; init; }

    internal static RetentionTimespan? Create(RetentionPeriod? period) =>
        period is null
            ? null
            : new RetentionTimespan { Duration = period.Duration, Unit = period.Unit.ToString().ToUpperInvariant() };
}
