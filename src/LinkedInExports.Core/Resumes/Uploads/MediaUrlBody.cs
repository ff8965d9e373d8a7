using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>What asks for an upload link: <c>POST hireMediaUrl</c>.</summary>
internal sealed class MediaUrlBody
{
    public UsageParameters UsageParameters { get; } = new();

    public required string ContentType { get; init; }

    public required string HiringContext { get; init; }

    /// <summary>
    /// How long LinkedIn keeps the file. The documentation shows the type and has lost the name of the field; this is the
    /// one of LinkedIn's release notes.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RetentionBody? BlobTtl { get; init; }
}

internal sealed class UsageParameters
{
    public EmptyObject TcrmResumeParameters { get; } = new();
}

internal sealed class EmptyObject;

/// <summary>A <c>Timespan</c> of LinkedIn's.</summary>
internal sealed class RetentionBody
{
    public required long Duration { get; init; }

    /// <summary>MILLISECOND, SECOND, MINUTE, HOUR, and longer ones that we do not use: a month has no fixed length.</summary>
    public required string Unit { get; init; }

    /// <summary>The greatest unit that needs no fraction; none for null.</summary>
    internal static RetentionBody? Of(TimeSpan? retention)
    {
        if (retention is not { } time)
            return null;
        (long ticks, string unit) = time.Ticks switch
        {
            var ticks_ when ticks_ % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "HOUR"),
            var ticks_ when ticks_ % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "MINUTE"),
            var ticks_ when ticks_ % TimeSpan.TicksPerSecond == 0 => (TimeSpan.TicksPerSecond, "SECOND"),
            _ => (TimeSpan.TicksPerMillisecond, "MILLISECOND"),
        };
        return new RetentionBody { Duration = time.Ticks / ticks, Unit = unit };
    }
}
