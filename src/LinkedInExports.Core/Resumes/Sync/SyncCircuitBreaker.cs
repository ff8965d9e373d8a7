using LinkedInExports.Core.Resumes.Quotas;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Decides whether a failed request concerns its records alone or all that is left, and then stops the run.</summary>
internal sealed class SyncCircuitBreaker(ResumeQuota quota)
{
    /// <summary>
    /// With this many requests failing one after the other the rest would fail as well. More than the halves of a batch
    /// down to one record: at least that one is then known to fail, and comes last in the next run.
    /// </summary>
    private const int MaxConsecutiveFailures = 10;

    /// <summary>The same for refusals. Each may well be its record's own fault, so there are more.</summary>
    private const int MaxConsecutiveRejections = 100;

    private LinkedInException? _uploadStopReason;
    private LinkedInException? _batchStopReason;
    private readonly Streak _uploads = new();
    private readonly Streak _batches = new();

    internal enum FailureAction
    {
        /// <summary>The records of the request failed.</summary>
        Failed,

        /// <summary>It is worth sending again at once: whatever has to be waited for, the next attempt waits for.</summary>
        Retry,

        /// <summary>Nothing more is sent in this run.</summary>
        Stopped,
    }

    /// <summary>Why no more files are uploaded; null as long as they are.</summary>
    internal LinkedInException? UploadStopReason => Volatile.Read(ref _uploadStopReason);

    /// <summary>
    /// Why no more batches are sent; null as long as they are. Files that are at LinkedIn are tied to their candidates when
    /// no further ones are uploaded, too: a day that has no requests left for them has some kept for that.
    /// </summary>
    internal LinkedInException? BatchStopReason => Volatile.Read(ref _batchStopReason);

    internal void RecordUploadSuccess() => _uploads.Reset();

    internal void RecordBatchSuccess() => _batches.Reset();

    internal FailureAction HandleUploadFailure(LinkedInException failure) => HandleFailure(failure, _uploads, StopUploads);

    internal FailureAction HandleBatchFailure(LinkedInException failure) =>
        failure is { IsTransient: true, StatusCode: null }
            ? Stop(failure) // It was repeated often enough by now: without any answer it is the line.
            : HandleFailure(failure, _batches, Stop);

    private FailureAction HandleFailure(LinkedInException failure, Streak streak, Func<LinkedInException, FailureAction> stop)
    {
        if (failure.AffectsAllRequests)
            return stop(failure);
        switch (failure.Id)
        {
            case LinkedInErrorId.RateLimitExceeded:
                // Waiting was tried already, and a minute's limit passes with the minute: it is the day's.
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
    /// Counts what failed since the last success. Uploads and batches have one each: files that are uploaded while every batch
    /// fails say nothing about the batches.
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
