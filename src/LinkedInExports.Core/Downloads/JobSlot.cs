using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Downloads;

/// <summary>One of the slots of a run for jobs. It is acquired already, and released once.</summary>
internal sealed class JobSlot(SaveContext run) : IDisposable
{
    private bool _isAcquired = true;

    public void Dispose()
    {
        if (_isAcquired)
            run.JobSlots.Release();
        _isAcquired = false;
    }

    /// <summary>Waits, and releases the slot for other jobs in the meantime.</summary>
    /// <returns>False if the time of the run is over.</returns>
    internal async Task<bool> TryPauseAsync(TimeSpan delay)
    {
        Dispose();
        try
        {
            await ThrottledWait
                .RunAsync(ThrottleReason.LinksMissing, run.Services.Time.DelayAsync(delay, run.Token))
                .ConfigureAwait(false);
            await run.JobSlots.WaitAsync(run.Token).ConfigureAwait(false);
            _isAcquired = true;
            return true;
        }
        catch (OperationCanceledException) when (run.IsTimedOut)
        {
            return false;
        }
    }
}
