namespace LinkedInExports.Core.Http;

/// <summary>What HTTP statuses mean for a retry.</summary>
internal static class HttpStatus
{
    /// <summary>Whether the same request may succeed later.</summary>
    internal static bool IsTransient(int? status) => status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Whether a signed link can no longer be used, for example because it has expired.</summary>
    internal static bool IsLinkRejected(int? status) => status is 401 or 403 or 404 or 410;
}
