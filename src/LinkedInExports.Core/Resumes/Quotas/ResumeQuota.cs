using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Quotas.Shared;

namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>
/// Keeps the requests for resumes within LinkedIn's limits: records per minute and requests per day. A connection has one
/// quota. The requests of a run with a ledger also count for a quota of the run, which is saved.
/// </summary>
internal sealed class ResumeQuota
{
    private readonly object _gate = new();
    private readonly int? _batchSize;
    private int _pendingRecords;

    /// <summary>Creates the quota of a connection.</summary>
    /// <param name="recordsPerMinute">The number of records that a minute allows.</param>
    /// <param name="requestsPerDay">The number of requests that a day allows.</param>
    /// <param name="time">The local clock.</param>
    /// <param name="shared">Counts the usage of other processes as well, or null.</param>
    internal ResumeQuota(int recordsPerMinute, int requestsPerDay, TimeProvider time, ISharedQuota? shared = null)
    {
        Clock = new ServerClock(time);
        Records = new RecordRateLimiter(recordsPerMinute, time, shared);
        RequestAllowance? allowance = shared is null ? null : new RequestAllowance(shared);
        Requests = new DailyRequestQuota(requestsPerDay, Clock, time, allowance);
        Shared = shared;
    }

    /// <summary>Creates the quota of a run.</summary>
    /// <param name="connection">The quota of the connection, which the run shares.</param>
    /// <param name="store">The store of the usage, also of earlier processes.</param>
    /// <param name="batchSize">
    /// The records of a batch: reservations leave enough requests for the batches of all pending records. Null to leave none.
    /// </param>
    /// <param name="waitsForNextDay">Whether to wait when the requests of a day are used up, instead of failing.</param>
    internal ResumeQuota(ResumeQuota connection, IQuotaStore store, int? batchSize, bool waitsForNextDay)
    {
        Clock = connection.Clock;
        Records = connection.Records;
        Shared = connection.Shared;
        Requests = new DailyRequestQuota(connection.Requests, store) { WaitsForNextDay = waitsForNextDay };
        Store = store;
        _batchSize = batchSize;
        foreach ((int records, TimeSpan age) in store.RecentBatches)
            Records.Restore(records, age);
        AddPendingRecords(0);
    }

    internal ServerClock Clock { get; }

    internal RecordRateLimiter Records { get; }

    internal DailyRequestQuota Requests { get; }

    internal IQuotaStore? Store { get; }

    internal ISharedQuota? Shared { get; }

    /// <summary>Reserves the requests for one file, so that no upload link is requested that could not be used.</summary>
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.DailyQuotaExceeded"/>.</exception>
    internal async Task<UploadReservation> ReserveUploadAsync(IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        new(this, await Requests.ReserveAsync(QuotaCost.RequestsPerFile, diagnostics, cancellationToken).ConfigureAwait(false));

    /// <summary>Gets the limiter for a batch.</summary>
    internal IRequestLimiter LimitBatch(int records) => new QuotaLimiter(this, records);

    /// <summary>Changes the number of records whose files are uploaded and which no batch has sent yet.</summary>
    /// <param name="records">The number to add; negative when they were sent.</param>
    internal void AddPendingRecords(int records)
    {
        if (_batchSize is not { } size)
            return;
        lock (_gate)
        {
            _pendingRecords += records;
            Requests.SetReservedForBatches(QuotaCost.RequestsPerBatch * (1 + (_pendingRecords / size)));
        }
    }
}
