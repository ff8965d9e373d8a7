using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// A stretch of time that was asked for and is not behind the watermark yet. It is wanted (nothing but its times), asked
/// for (a job may exist, its id is not known), in the works (the id is known), or saved while one before it is not.
/// </summary>
internal sealed record Slice
{
    /// <summary>The first instant.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>The last instant; null for an export that ends when its job is made.</summary>
    public DateTimeOffset? EndAt { get; init; }

    /// <summary>When a job was asked for whose id is not known; null where there is none such.</summary>
    [JsonPropertyName("askedAt")]
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>
    /// When a run first found <see cref="RequestedAt"/> in the future, because the clock was ahead then or is behind now; null
    /// otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("askedAheadSince")]
    public DateTimeOffset? RequestedAheadSince { get; init; }

    /// <summary>The job; null for none that is known.</summary>
    public long? JobId { get; init; }

    /// <summary>When the job was created, by LinkedIn's clock or else by ours.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether all files of it are on the disk.</summary>
    public bool IsSaved { get; init; }
}
