namespace LinkedInExports.Emulator.Quotas;

/// <summary>Whether a refusal over a quota tells when to come back; LinkedIn documents no such header.</summary>
public enum QuotaRetryAfter
{
    /// <summary>No header.</summary>
    None,

    /// <summary>As a number of seconds.</summary>
    Seconds,

    /// <summary>As a date by the emulator's clock.</summary>
    Date,
}
