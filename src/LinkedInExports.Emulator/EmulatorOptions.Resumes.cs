using LinkedInExports.Emulator.Quotas;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator;

/// <content>Candidate resumes and their quotas.</content>
public sealed partial class EmulatorOptions
{
    /// <summary>The header that a new upload URL comes in.</summary>
    public UploadUrlHeader UploadUrlHeader { get; init; } = UploadUrlHeader.XLinkedInId;

    /// <summary>How long an upload link can be used.</summary>
    public TimeSpan UploadLinkLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Greatest length of an uploaded file in bytes; a longer one is 413.</summary>
    public int MaxUploadBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Whether uploaded files are kept, and not only their length and hash.</summary>
    public bool KeepUploads { get; init; }

    /// <summary>Whether a PUT without <c>X-RestLi-Method</c> is taken for a batch update.</summary>
    public bool InferResumeMethod { get; init; }

    /// <summary>Whether a DELETE may be tunnelled in a POST; LinkedIn's pages do not show it.</summary>
    public bool TunnelledDelete { get; init; }

    /// <summary>
    /// Whether a <c>tcrmCreatedAt</c> that can only be meant in seconds is an error of its record. LinkedIn asks for
    /// milliseconds, yet its sample has seconds.
    /// </summary>
    public bool RefuseSeconds { get; init; } = true;

    /// <summary>Whether the deletion of a resume that does not exist is a success instead of a 404 for its key.</summary>
    public bool DeleteUnknownSucceeds { get; init; }

    /// <summary>Whether the keys of an answer come in the order of the request.</summary>
    public bool ResumesAnsweredInOrder { get; init; }

    /// <summary>Greatest number of records per minute, in updates and deletes together.</summary>
    public int RecordsPerMinute { get; init; } = 10_000;

    /// <summary>What a minute is.</summary>
    public QuotaWindow QuotaWindow { get; init; } = QuotaWindow.Sliding;

    /// <summary>Greatest number of requests per day, from 00:00 UTC by the emulator's clock.</summary>
    public long RequestsPerDay { get; init; } = 100_000;

    /// <summary>Which requests count for the day.</summary>
    public QuotaScope DailyQuota { get; init; } = QuotaScope.HireMediaUrl | QuotaScope.CandidateResumes;

    /// <summary>Whether a refusal over a quota has a <c>Retry-After</c>.</summary>
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
