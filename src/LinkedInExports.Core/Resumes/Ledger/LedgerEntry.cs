using System.Text.Json;
using System.Text.Json.Serialization;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// An entry of a ledger. Its type determines its fields. It contains no document text, paths, links or tokens.
/// </summary>
internal sealed record LedgerEntry
{
    internal const int CurrentVersion = 2;

    /// <summary>
    /// The maximum length of an id, in characters. Ids that fit into a request are shorter.
    /// </summary>
    internal const int MaxIdLength = 4000;

    /// <summary>The length to which a longer id is truncated.</summary>
    internal const int ShortenedIdLength = 200;

    /// <summary>The maximum length of a reason, in characters.</summary>
    internal const int MaxReasonLength = 500;

    [JsonConverter(typeof(JsonStringEnumConverter<LedgerEntryType>))]
    [JsonPropertyName("kind")]
    public required LedgerEntryType Type { get; init; }

    /// <summary>The time at which the entry was written, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long At { get; set; }

    /// <summary>The version of the format; first entry only.</summary>
    public int? Version { get; init; }

    /// <summary>Host and port of the API; first entry only.</summary>
    public string? Api { get; init; }

    /// <summary>The checksum of the last line of the ledger that this one replaced; first entry only.</summary>
    public string? Replaces { get; init; }

    public string? IntegrationContext { get; init; }

    public string? CandidateId { get; init; }

    public string? ResumeId { get; init; }

    /// <summary>The SHA-256 of an uploaded file; null if only LinkedIn's name of the file is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The stamp of the file when it was last read; null if it has to be read again.</summary>
    public FileStamp? File { get; init; }

    /// <summary>LinkedIn's name of the file.</summary>
    public string? ResumeFile { get; init; }

    /// <summary>
    /// The time that LinkedIn keeps the file after <see cref="UploadedAt"/>, in milliseconds; null for no limit, or for months.
    /// </summary>
    public long? RetainFor { get; init; }

    /// <summary>The time that LinkedIn keeps the file, in calendar months; null for no limit, or for milliseconds.</summary>
    public long? RetainMonths { get; init; }

    /// <summary>The time of the upload, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long? UploadedAt { get; init; }

    /// <summary>LinkedIn's <c>tcrmCreatedAt</c> of a synced record.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>The time at which a record was synced, in an entry that was written later.</summary>
    public long? SyncedAt { get; init; }

    /// <summary>LinkedIn's status.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// The name of the <see cref="ResumeSyncReason"/> of a record that failed or was rejected. A text, so that a ledger with a
    /// name of a newer version can be read.
    /// </summary>
    public string? ReasonId { get; init; }

    /// <summary>The reason why a record failed or was rejected.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of records of a batch, of requests of a day, or of unchanged records.</summary>
    public int? Count { get; init; }

    /// <summary>The number of the day since 1970-01-01, UTC.</summary>
    public long? Day { get; init; }

    /// <summary>The limit of the day.</summary>
    public int? Limit { get; init; }

    /// <summary>The counts of the run.</summary>
    public RunCounts? Run { get; init; }

    /// <summary>Whether the entry means that its record is in sync.</summary>
    [JsonIgnore]
    internal bool IsInSync => Type is LedgerEntryType.Synced or LedgerEntryType.Touched;

    [JsonIgnore]
    internal ResumeKey Key => new(IntegrationContext ?? "", CandidateId ?? "", ResumeId ?? "");

    /// <summary>Creates the first entry of a ledger.</summary>
    /// <param name="api">Host and port of the API.</param>
    /// <param name="at">The time, in milliseconds since 1970-01-01T00:00:00Z.</param>
    internal static LedgerEntry ForLedger(string api, long at) =>
        new()
        {
            Type = LedgerEntryType.Ledger,
            Version = CurrentVersion,
            Api = api,
            At = at,
        };

    /// <summary>Creates an entry of a record.</summary>
    internal static LedgerEntry ForRecord(LedgerEntryType type, ResumeKey key) =>
        new()
        {
            Type = type,
            IntegrationContext = key.IntegrationContext,
            CandidateId = key.CandidateId,
            ResumeId = key.ResumeId,
        };

    /// <summary>Creates the entry of a batch that is about to be sent, or has a response.</summary>
    internal static LedgerEntry ForBatch(bool isAnswered, int records) =>
        new() { Type = isAnswered ? LedgerEntryType.Answered : LedgerEntryType.Sending, Count = records };

    /// <summary>Gets the entry with truncated ids and reasons.</summary>
    internal LedgerEntry Truncate() =>
        CandidateId?.Length > MaxIdLength || ResumeId?.Length > MaxIdLength || Reason?.Length > MaxReasonLength
            ? this with
            {
                CandidateId = ShortenId(CandidateId),
                ResumeId = ShortenId(ResumeId),
                Reason = Reason?.Length > MaxReasonLength ? Shorten(Reason, MaxReasonLength - 1) : Reason,
            }
            : this;

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ResumeJson.Default.LedgerEntry);

    /// <returns>The entry; null if this version does not support it.</returns>
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

    /// <summary>Truncates a text between characters, with an ellipsis.</summary>
    private static string Shorten(string text, int length) =>
        text.Substring(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length) + "…";
}

/// <summary>The type of an entry.</summary>
internal enum LedgerEntryType
{
    /// <summary>The first entry.</summary>
    Ledger,

    /// <summary>A run has started, or the ledger was compacted during it.</summary>
    Run,

    /// <summary>A file is at LinkedIn.</summary>
    Uploaded,

    /// <summary>A record is in sync.</summary>
    Synced,

    /// <summary>A record is still in sync, and its file has a new stamp but the same content.</summary>
    Touched,

    /// <summary>Records were unchanged.</summary>
    Unchanged,

    /// <summary>LinkedIn rejected a record.</summary>
    Failed,

    /// <summary>A record was invalid and not sent.</summary>
    Rejected,

    /// <summary>A record was removed at LinkedIn.</summary>
    Removed,

    /// <summary>The removal of a record is about to be sent.</summary>
    Removing,

    /// <summary>LinkedIn did not remove a record, which is unchanged.</summary>
    NotRemoved,

    /// <summary>A resend of all records has started. Records that were sent before this entry do not count as sent.</summary>
    ResendStarted,

    /// <summary>A resend of all records is complete.</summary>
    ResendCompleted,

    /// <summary>A batch is about to be sent.</summary>
    Sending,

    /// <summary>The response to a batch was received, or will not be.</summary>
    Answered,

    /// <summary>The maximum number of requests that were sent on a day.</summary>
    Requests,
}

/// <summary>The counts of one run.</summary>
internal sealed record RunCounts
{
    public long StartedAt { get; set; }

    public long Input { get; set; }

    public long Synced { get; set; }

    public long Unchanged { get; set; }

    public long Failed { get; set; }

    public long Rejected { get; set; }

    public long Removed { get; set; }
}
