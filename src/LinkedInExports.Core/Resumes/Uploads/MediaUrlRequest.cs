using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>What asks for an upload link: <c>POST hireMediaUrl</c>.</summary>
internal sealed class MediaUrlRequest
{
    public UsageParameters UsageParameters { get; } = new();

    public required string ContentType { get; init; }

    public required string HiringContext { get; init; }

    /// <summary>
    /// How long LinkedIn keeps the file. The documentation shows the type and has lost the name of the field; this is the
    /// one of LinkedIn's release notes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RetentionTimespan? BlobTtl { get; init; }
}

internal sealed class UsageParameters
{
    public EmptyObject TcrmResumeParameters { get; } = new();
}

internal sealed class EmptyObject;

/// <summary>A <c>Timespan</c> of LinkedIn's.</summary>
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
