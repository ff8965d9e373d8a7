using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Ledger;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Records in the ledger which resumes are being removed, after the quota allows the request and before it is sent, so that
/// none of them counts as synced after a crash.
/// </summary>
internal sealed class RemovalLimiter(IRequestLimiter quota, ResumeLedger ledger, IReadOnlyList<ResumeKey> keys) : IRequestLimiter
{
    public async Task<RequestLease> AcquireAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        RequestLease lease = await quota.AcquireAsync(diagnostics, cancellationToken).ConfigureAwait(false);
        try
        {
            ledger.BeginRemoval(keys);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }
}
