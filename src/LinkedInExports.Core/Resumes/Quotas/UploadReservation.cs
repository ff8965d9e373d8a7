using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>The requests that one file needs. Disposing it releases the unused requests.</summary>
internal sealed class UploadReservation(ResumeQuota quota, DailyRequestQuota.Reservation reservation) : IDisposable
{
    /// <summary>The limiter for the request of an upload link.</summary>
    internal IRequestLimiter LinkRequest { get; } = new QuotaLimiter(quota, records: 0, reservation);

    /// <summary>The limiter for the upload.</summary>
    internal IRequestLimiter Upload { get; } = new QuotaLimiter(quota, records: 0, reservation, isApiRequest: false);

    public void Dispose() => reservation.Dispose();
}
