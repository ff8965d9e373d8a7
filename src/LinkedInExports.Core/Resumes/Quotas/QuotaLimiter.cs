using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>Counts a request in a quota each time it is sent.</summary>
/// <param name="quota">The quota.</param>
/// <param name="records">The number of records in the request.</param>
/// <param name="reservation">The reservation that the request belongs to, or null.</param>
/// <param name="isApiRequest">Whether the request is sent to the API, whose clock determines the day, and not to the host of a
/// link.</param>
internal sealed class QuotaLimiter(
    ResumeQuota quota,
    int records,
    DailyRequestQuota.Reservation? reservation = null,
    bool isApiRequest = true
) : IRequestLimiter
{
    public async Task<RequestLease> AcquireAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        long day = await quota.Requests.AcquireAsync(reservation, diagnostics, cancellationToken).ConfigureAwait(false);
        RecordRateLimiter.Lease lease = default;
        try
        {
            lease = await quota.Records.AcquireAsync(records, cancellationToken).ConfigureAwait(false);
            quota.Shared?.ReportProblem(diagnostics);
            if (records > 0)
                quota.Store?.BeginBatch(records);
            return new QuotaLease(this, lease, day);
        }
        catch
        {
            lease.Dispose();
            quota.Requests.RecordResponse(day);
            throw;
        }
    }

    private void Complete(RecordRateLimiter.Lease lease, long day, DateTimeOffset? date)
    {
        try
        {
            if (records > 0)
                quota.Store?.EndBatch(records);
        }
        finally
        {
            lease.Dispose();
            quota.Requests.RecordResponse(day, date);
        }
    }

    private sealed class QuotaLease(QuotaLimiter limiter, RecordRateLimiter.Lease lease, long day) : RequestLease
    {
        private DateTimeOffset? _date;

        internal override void RecordResponse(HttpResponseMessage response)
        {
            _date = ResponseDate.Get(response);
            if (limiter.IsApiRequest)
                limiter.Quota.Clock.Synchronize(_date);
        }

        public override void Dispose() => limiter.Complete(lease, day, _date);
    }

    private bool IsApiRequest => isApiRequest;

    private ResumeQuota Quota => quota;
}
