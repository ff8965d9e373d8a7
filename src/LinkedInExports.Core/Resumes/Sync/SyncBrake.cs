using LinkedInExports.Core.Http.Limits;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Decides whether a failed request concerns its records alone or all that is left, and then stops the run.</summary>
internal sealed class SyncBrake(DailyBudget budget)
{
    /// <summary>With this many requests failing one after the other the rest would fail as well.</summary>
    private const int TooManyInARow = 5;

    /// <summary>
    /// The same for refusals. Each may be its record's own fault, so there are more: a run that ends here must not end at
    /// the same records for ever.
    /// </summary>
    private const int TooManyRefusals = 100;

    private LinkedInException? _reason;
    private int _failuresInARow;
    private int _refusalsInARow;

    internal enum Verdict
    {
        /// <summary>The records of the request failed.</summary>
        Failed,

        /// <summary>It is worth sending again at once: whatever has to be waited for, the next attempt waits for.</summary>
        Again,

        /// <summary>Nothing more is sent in this run.</summary>
        Stopped,
    }

    /// <summary>Why no more files are uploaded; null as long as they are.</summary>
    internal LinkedInException? Reason => Volatile.Read(ref _reason);

    /// <summary>
    /// Why no more batches are sent; null as long as they are. A day that has no requests left for further files has some
    /// kept for those that are uploaded.
    /// </summary>
    internal LinkedInException? ReasonNotToSend => Reason is { Id: not LinkedInErrorId.DailyLimitReached } reason ? reason : null;

    /// <summary>LinkedIn did what it was asked for.</summary>
    internal void Succeeded()
    {
        Volatile.Write(ref _failuresInARow, 0);
        Volatile.Write(ref _refusalsInARow, 0);
    }

    internal Verdict Judge(LinkedInException failure)
    {
        switch (failure.Id)
        {
            case LinkedInErrorId.LimitReached:
                // Waiting was tried already, and a minute's limit passes with the minute: it is the day's.
                budget.Exhaust();
                return budget.Waits ? Verdict.Again : Stop(budget.Exhausted());
            case LinkedInErrorId.DailyLimitReached:
            case LinkedInErrorId.NotConnected:
            case LinkedInErrorId.CredentialsRefused:
            case LinkedInErrorId.TokenRefused:
            case LinkedInErrorId.AccessDenied:
            case LinkedInErrorId.NotFound: // Of a whole request. LinkedIn hides behind it what an application has no access to.
            case LinkedInErrorId.AddressNotAllowed:
                return Stop(failure);
            default:
                bool isHopeless = failure.IsTransient
                    ? Interlocked.Increment(ref _failuresInARow) >= TooManyInARow
                    : Interlocked.Increment(ref _refusalsInARow) >= TooManyRefusals;
                return isHopeless ? Stop(failure) : Verdict.Failed;
        }
    }

    internal Verdict Stop(LinkedInException reason)
    {
        Interlocked.CompareExchange(ref _reason, reason, null);
        return Verdict.Stopped;
    }
}
