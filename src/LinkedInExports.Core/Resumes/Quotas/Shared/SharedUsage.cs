using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Resumes.Quotas.Shared;

/// <summary>The content of a <see cref="QuotaFile"/>: what the processes of a machine have used of LinkedIn's limits.</summary>
internal sealed class SharedUsage
{
    /// <summary>The clocks of the processes' servers may differ by a day.</summary>
    private const int KeptDays = 3;

    /// <summary>
    /// A batch whose process ended without recording its completion. No attempt takes as long.
    /// </summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(RecordRateLimiter.WindowMilliseconds);

    /// <summary>The requests of each day, counted from 1970-01-01 UTC.</summary>
    public Dictionary<long, int> Requests { get; init; } = [];

    /// <summary>The batches that count toward the limit per minute.</summary>
    public List<Batch> Batches { get; init; } = [];

    internal int GetRequests(long day) => Requests.TryGetValue(day, out int requests) ? requests : 0;

    internal void AddRequests(long day, int requests)
    {
        Requests[day] = Math.Max(0, GetRequests(day) + requests);
        foreach (long old in Requests.Keys.Where(other => other <= day - KeptDays).ToArray())
            Requests.Remove(old);
    }

    internal TimeSpan TryAddBatch(Guid id, int records, int limit, DateTimeOffset now)
    {
        foreach (Batch batch in Batches)
            batch.EnsureNotAfter(now);
        Batches.RemoveAll(batch => batch.End <= now);
        if (Batches.Sum(batch => batch.Records) + records > limit)
            return Batches.Min(batch => batch.End) - now;

        Batches.Add(
            new Batch
            {
                Id = id,
                Records = records,
                StartedAt = now,
            }
        );
        return TimeSpan.Zero;
    }

    internal void CompleteBatch(Guid id, DateTimeOffset now)
    {
        if (Batches.Find(batch => batch.Id == id) is { } completed)
            completed.CompletedAt = now;
    }

    /// <summary>A batch that was sent, or is being sent.</summary>
    internal sealed class Batch
    {
        public Guid Id { get; init; }

        public int Records { get; init; }

        public DateTimeOffset StartedAt { get; set; }

        public DateTimeOffset? CompletedAt { get; set; }

        /// <summary>The time from which the batch no longer counts.</summary>
        internal DateTimeOffset End => (CompletedAt ?? (StartedAt + LongestRequest)) + Window;

        /// <summary>Corrects times of a clock that was set back since then.</summary>
        internal void EnsureNotAfter(DateTimeOffset now)
        {
            if (StartedAt > now)
                StartedAt = now;
            if (CompletedAt > now)
                CompletedAt = now;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SharedUsage))]
internal sealed partial class SharedUsageJson : JsonSerializerContext;
