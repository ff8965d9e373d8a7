using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// One line of a ledger. Which fields it has, its kind decides. No document text, no path, no link and no token is in it.
/// </summary>
internal sealed class LedgerLine
{
    internal const int CurrentVersion = 1;

    [JsonConverter(typeof(JsonStringEnumConverter<LedgerKind>))]
    public required LedgerKind Kind { get; init; }

    /// <summary>When it was written, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long At { get; set; }

    /// <summary>Of the first line: the version of this form.</summary>
    public int? Version { get; init; }

    /// <summary>Of the first line: host and port of the API. Files of one server mean nothing at another.</summary>
    public string? Api { get; init; }

    public string? IntegrationContext { get; init; }

    public string? CandidateId { get; init; }

    public string? ResumeId { get; init; }

    /// <summary>Of an uploaded or synced file: SHA-256 of the content; null when only LinkedIn's name of it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>LinkedIn's name of the file.</summary>
    public string? ResumeFile { get; init; }

    /// <summary>How long LinkedIn keeps the file from <see cref="UploadedAt"/> on, in milliseconds; null for ever.</summary>
    public long? RetainFor { get; init; }

    /// <summary>When the file was uploaded, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long? UploadedAt { get; init; }

    /// <summary>Of a synced record: LinkedIn's <c>tcrmCreatedAt</c>.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>LinkedIn's status.</summary>
    public int? Status { get; init; }

    /// <summary>Why a record failed or was rejected.</summary>
    public string? Reason { get; init; }

    /// <summary>Of a batch: its records. Of a day: its requests. Of unchanged records: how many.</summary>
    public int? Count { get; init; }

    /// <summary>Of a day: its number since 1970-01-01, UTC.</summary>
    public long? Day { get; init; }

    /// <summary>Of a day: the limit.</summary>
    public int? Limit { get; init; }

    /// <summary>Of a run: its counts.</summary>
    public RunCounts? Run { get; init; }

    [JsonIgnore]
    internal ResumeKey Key => new(IntegrationContext ?? "", CandidateId ?? "", ResumeId ?? "");

    /// <summary>A batch is about to be sent, or was.</summary>
    internal static LedgerLine OfBatch(bool isAnswered, int records) =>
        new() { Kind = isAnswered ? LedgerKind.Answered : LedgerKind.Sending, Count = records };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ResumeJson.Default.LedgerLine);

    /// <returns>The line, or null when it is none of this version.</returns>
    internal static LedgerLine? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ResumeJson.Default.LedgerLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a line tells.</summary>
internal enum LedgerKind
{
    /// <summary>The first line.</summary>
    Ledger,

    /// <summary>A run has begun, or stood so when the ledger was made smaller.</summary>
    Run,

    /// <summary>A file is at LinkedIn.</summary>
    Uploaded,

    /// <summary>A record is in sync.</summary>
    Synced,

    /// <summary>Records were in sync already.</summary>
    Unchanged,

    /// <summary>LinkedIn refused a record.</summary>
    Failed,

    /// <summary>A record could not be sent as it was.</summary>
    Rejected,

    /// <summary>A record is at LinkedIn no more.</summary>
    Removed,

    /// <summary>A batch is about to be sent.</summary>
    Sending,

    /// <summary>A batch got its answer, or never will.</summary>
    Answered,

    /// <summary>So many requests may have been sent on a day.</summary>
    Requests,
}

/// <summary>The counts of one run.</summary>
internal sealed class RunCounts
{
    public long StartedAt { get; set; }

    public long Input { get; set; }

    public long Synced { get; set; }

    public long Unchanged { get; set; }

    public long Failed { get; set; }

    public long Rejected { get; set; }
}
