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

    /// <summary>The time at which a job was requested whose id is unknown, or null.</summary>
    [JsonPropertyName("askedAt")]
    public DateTimeOffset? RequestedAt { get; init; }

    /// <summary>
    /// The time at which a run first found <see cref="RequestedAt"/> in the future because a clock was wrong, or null.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyName("askedAheadSince")]
    public DateTimeOffset? RequestedAheadSince { get; init; }

    /// <summary>The id of the job, or null if it is unknown.</summary>
    public long? JobId { get; init; }

    /// <summary>The time at which the job was created, by LinkedIn's clock or else by the local clock.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the job has a longer period, a part of which another job has exported.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRest { get; init; }

    /// <summary>Whether all files of the job are on the disk.</summary>
    public bool IsSaved { get; init; }
}
