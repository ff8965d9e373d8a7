using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Checkpoints;

/// <summary>
/// A period after the watermark. It is planned (only its times are set), requested (a job may exist, its id is unknown), in
/// progress (the id is known), or saved while an earlier slice is not.
/// </summary>
internal sealed record Slice
{
    /// <summary>The first instant.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>The last instant; null for an export that ends when its job is created.</summary>
    public DateTimeOffset? EndAt { get; init; }

    /// <summary>When a job was requested whose id is unknown; null for none.</summary>
    [JsonPropertyName("askedAt")]
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>
    /// When a run first found <see cref="RequestedAt"/> in the future, because a clock was wrong; null otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("askedAheadSince")]
    public DateTimeOffset? RequestedAheadSince { get; init; }

    /// <summary>The job; null if it is unknown.</summary>
    public long? JobId { get; init; }

    /// <summary>When the job was created, by LinkedIn's clock or else by the local one.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether all of its files are on the disk.</summary>
    public bool IsSaved { get; init; }
}
