using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>
/// Decides whether a failed request affects only its records or all remaining ones, and stops the run in the latter case.
/// </summary>
internal sealed class SyncCircuitBreaker(ResumeQuota quota)
{
    /// <summary>
    /// The number of consecutive transient failures that stops the run. It exceeds the number of times that a batch can be
    /// split, so that at least one record is known to fail and is sent last in the next run.
    /// </summary>
    internal const int MaxConsecutiveFailures = 10;

    /// <summary>
    /// The number of consecutive rejections that stops the run. It is larger, because each rejection may be caused by its
    /// record.
    /// </summary>
    private const int MaxConsecutiveRejections = 100;

    private LinkedInException? _uploadStopReason;
    private LinkedInException? _batchStopReason;
    private readonly Streak _uploads = new();
    private readonly Streak _batches = new();

    internal enum FailureAction
    {
        /// <summary>The records of the request failed.</summary>
        Failed,

        /// <summary>The request is sent again immediately; the next attempt waits for the quota.</summary>
        Retry,

        /// <summary>No more requests are sent in this run.</summary>
        Stopped,
    }

    /// <summary>The reason why no more files are uploaded, or null.</summary>
    internal LinkedInException? UploadStopReason => Volatile.Read(ref _uploadStopReason);

    /// <summary>
    /// The reason why no more batches are sent, or null. After uploads have stopped, batches still link the uploaded files to
    /// their candidates; requests for them are reserved.
    /// </summary>
    internal LinkedInException? BatchStopReason => Volatile.Read(ref _batchStopReason);

    internal void RecordUploadSuccess() => _uploads.Reset();

    internal void RecordBatchSuccess() => _batches.Reset();

    internal FailureAction HandleUploadFailure(LinkedInException failure) => HandleFailure(failure, _uploads, StopUploads);

    internal FailureAction HandleBatchFailure(LinkedInException failure) =>
        failure is { IsTransient: true, StatusCode: null }
            ? Stop(failure) // All retries failed without a response, so the network is the cause.
            : HandleFailure(failure, _batches, Stop);

    private FailureAction HandleFailure(LinkedInException failure, Streak streak, Func<LinkedInException, FailureAction> stop)
    {
        if (failure.AffectsAllRequests)
            return stop(failure);
        switch (failure.Id)
        {
            case LinkedInErrorId.RateLimitExceeded:
                // The pipeline has already waited longer than a minute, so it is the limit of the day.
                quota.Requests.MarkExhausted();
                return quota.Requests.WaitsForNextDay
                    ? FailureAction.Retry
                    : StopUploads(quota.Requests.CreateExhaustedException());
            case LinkedInErrorId.DailyQuotaExceeded:
                return StopUploads(failure);
            case LinkedInErrorId.NotConnected:
            case LinkedInErrorId.InvalidCredentials:
            case LinkedInErrorId.TokenRejected:
            case LinkedInErrorId.AccessDenied:
            case LinkedInErrorId.NotFound: // For a request: LinkedIn also returns it for resources without access.
            case LinkedInErrorId.AddressNotAllowed:
                return Stop(failure);
            default:
                bool isLimitReached = failure.IsTransient
                    ? streak.AddFailure() >= MaxConsecutiveFailures
                    : streak.AddRejection() >= MaxConsecutiveRejections;
                return isLimitReached ? stop(failure) : FailureAction.Failed;
        }
    }

    private FailureAction Stop(LinkedInException reason)
    {
        Interlocked.CompareExchange(ref _batchStopReason, reason, null);
        return StopUploads(reason);
    }

    private FailureAction StopUploads(LinkedInException reason)
    {
        Interlocked.CompareExchange(ref _uploadStopReason, reason, null);
        return FailureAction.Stopped;
    }

    /// <summary>
    /// The number of failures since the last success. Uploads and batches are counted separately, because uploads may succeed
    /// while all batches fail.
    /// </summary>
    private sealed class Streak
    {
        private int _failures;
        private int _rejections;

        internal int AddFailure() => Interlocked.Increment(ref _failures);

        internal int AddRejection() => Interlocked.Increment(ref _rejections);

        internal void Reset()
        {
            Volatile.Write(ref _failures, 0);
            Volatile.Write(ref _rejections, 0);
        }
    }
}
