using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// One line of a ledger. Which fields it has, its kind decides. No document text, no path, no link and no token is in it.
/// </summary>
internal sealed record LedgerEntry
{
    internal const int CurrentVersion = 2;

    /// <summary>The version whose lines are not chained. It is read, and written anew as the current one.</summary>
    internal const int UnchainedVersion = 1;

    /// <summary>
    /// The longest id that is kept whole, in characters. An id that can be sent is shorter: it has to fit into a request.
    /// </summary>
    internal const int MaxIdLength = 4000;

    /// <summary>How much is kept of a longer one.</summary>
    internal const int ShortenedIdLength = 200;

    /// <summary>The longest reason, in characters.</summary>
    internal const int MaxReasonLength = 500;

    [JsonConverter(typeof(JsonStringEnumConverter<LedgerEntryType>))]
    [JsonPropertyName("kind")]
    public required LedgerEntryType Type { get; init; }

    /// <summary>When it was written, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long At { get; set; }

    /// <summary>Of the first line: the version of this form.</summary>
    public int? Version { get; init; }

    /// <summary>Of the first line: host and port of the API. Files of one server mean nothing at another.</summary>
    public string? Api { get; init; }

    /// <summary>Of the first line of a ledger that replaced another one: the check of that one's last line.</summary>
    public string? Replaces { get; init; }

    public string? IntegrationContext { get; init; }

    public string? CandidateId { get; init; }

    public string? ResumeId { get; init; }

    /// <summary>Of an uploaded or synced file: SHA-256 of the content; null when only LinkedIn's name of it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>LinkedIn's name of the file.</summary>
    public string? ResumeFile { get; init; }

    /// <summary>How long LinkedIn keeps the file from <see cref="UploadedAt"/> on, in milliseconds; null for ever, or for months.</summary>
    public long? RetainFor { get; init; }

    /// <summary>The same in months of the calendar; null for ever, or for milliseconds.</summary>
    public long? RetainMonths { get; init; }

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

    /// <summary>What became of a record.</summary>
    internal static LedgerEntry ForRecord(LedgerEntryType kind, ResumeKey key) => new()
    {
        Type = kind,
        IntegrationContext = key.IntegrationContext,
        CandidateId = key.CandidateId,
        ResumeId = key.ResumeId,
    };

    /// <summary>A batch is about to be sent, or was.</summary>
    internal static LedgerEntry ForBatch(bool isAnswered, int records) =>
        new() { Type = isAnswered ? LedgerEntryType.Answered : LedgerEntryType.Sending, Count = records };

    /// <summary>The line as it may be written: ids that cannot be sent, and reasons, are shortened.</summary>
    internal LedgerEntry Truncate() => CandidateId?.Length > MaxIdLength || ResumeId?.Length > MaxIdLength || Reason?.Length > MaxReasonLength
        ? this with
        {
            CandidateId = ShortenId(CandidateId),
            ResumeId = ShortenId(ResumeId),
            Reason = Reason?.Length > MaxReasonLength ? Shorten(Reason, MaxReasonLength - 1) : Reason,
        }
        : this;

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ResumeJson.Default.LedgerEntry);

    /// <returns>The line, or null when it is none of this version.</returns>
    internal static LedgerEntry? FromJson(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ResumeJson.Default.LedgerEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ShortenId(string? id) => id?.Length > MaxIdLength ? Shorten(id, ShortenedIdLength) : id;

    /// <summary>The beginning of a text, and an ellipsis; never half of a character.</summary>
    private static string Shorten(string text, int length) =>
        text.Substring(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length) + "…";
}

/// <summary>What a line tells.</summary>
internal enum LedgerEntryType
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

    /// <summary>A record was removed at LinkedIn.</summary>
    Removed,

    /// <summary>The removal of a record is about to be sent.</summary>
    Removing,

    /// <summary>LinkedIn did not remove a record; it is as it was before.</summary>
    NotRemoved,

    /// <summary>All records are to be sent again; what was sent before this line does not count as sent.</summary>
    ResendStarted,

    /// <summary>All records have been sent again.</summary>
    ResendCompleted,

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

    public long Removed { get; set; }
}
