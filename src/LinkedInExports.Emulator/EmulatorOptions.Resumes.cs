using LinkedInExports.Emulator.Quotas;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator;

/// <content>Options of candidate resumes and their quotas.</content>
public sealed partial class EmulatorOptions
{
    /// <summary>The header with a new upload URL.</summary>
    public UploadUrlHeader UploadUrlHeader { get; init; } = UploadUrlHeader.XLinkedInId;

    /// <summary>The lifetime of an upload link.</summary>
    public TimeSpan UploadLinkLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The maximum length of an uploaded file in bytes. Longer files return 413.</summary>
    public int MaxUploadBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Whether the content of uploaded files is kept, in addition to its length and hash.</summary>
    public bool KeepUploads { get; init; }

    /// <summary>Whether a PUT without <c>X-RestLi-Method</c> is a batch update.</summary>
    public bool InferResumeMethod { get; init; }

    /// <summary>Whether a DELETE can be tunneled in a POST. LinkedIn does not document it.</summary>
    public bool TunnelledDelete { get; init; }

    /// <summary>
    /// Whether a <c>tcrmCreatedAt</c> that appears to be in seconds is an error of its record. LinkedIn documents milliseconds,
    /// but its sample has seconds.
    /// </summary>
    public bool RefuseSeconds { get; init; } = true;

    /// <summary>Whether deleting a resume that does not exist succeeds, instead of returning 404 for its key.</summary>
    public bool DeleteUnknownSucceeds { get; init; }

    /// <summary>Whether the keys of a response have the order of the request.</summary>
    public bool ResumesAnsweredInOrder { get; init; }

    /// <summary>The maximum number of updated and deleted records per minute.</summary>
    public int RecordsPerMinute { get; init; } = 10_000;

    /// <summary>How the records of a minute are counted.</summary>
    public QuotaWindow QuotaWindow { get; init; } = QuotaWindow.Sliding;

    /// <summary>The maximum number of requests per UTC day, by the emulator's clock.</summary>
    public long RequestsPerDay { get; init; } = 100_000;

    /// <summary>The requests that count against the daily quota.</summary>
    public QuotaScope DailyQuota { get; init; } = QuotaScope.HireMediaUrl | QuotaScope.CandidateResumes;

    /// <summary>Whether responses to requests over a quota have a <c>Retry-After</c>.</summary>
    public QuotaRetryAfter QuotaRetryAfter { get; init; } = QuotaRetryAfter.None;

    private void ValidateResumes()
    {
        ValidateLifetime(UploadLinkLifetime, nameof(UploadLinkLifetime));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxUploadBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(RecordsPerMinute);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RecordsPerMinute, 1_000_000_000);
        ArgumentOutOfRangeException.ThrowIfNegative(RequestsPerDay);
        ValidateDefined(UploadUrlHeader, nameof(UploadUrlHeader));
        ValidateDefined(QuotaWindow, nameof(QuotaWindow));
        ValidateDefined(QuotaRetryAfter, nameof(QuotaRetryAfter));
    }

    private static void ValidateDefined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(name, value, null);
    }
}
