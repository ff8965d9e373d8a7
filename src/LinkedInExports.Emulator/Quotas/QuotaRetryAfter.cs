namespace LinkedInExports.Emulator.Quotas;

/// <summary>Specifies the <c>Retry-After</c> of an exceeded quota. LinkedIn does not document one.</summary>
public enum QuotaRetryAfter
{
    /// <summary>No header.</summary>
    None,

    /// <summary>A number of seconds.</summary>
    Seconds,

    /// <summary>A date by the emulator's clock.</summary>
    Date,
}
