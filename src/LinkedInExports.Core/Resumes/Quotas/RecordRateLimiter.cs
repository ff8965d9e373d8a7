using System.Diagnostics.CodeAnalysis;
using LinkedInExports.Core.Resumes.Quotas.Shared;
using LinkedInExports.Core.Telemetry;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>
/// Limits the records per minute, regardless of how the server counts minutes: a record is counted from before it is sent until
/// 60 seconds after the response, so that no 60 seconds at the server contain more.
/// </summary>
/// <param name="recordsPerMinute">The number of records that a minute allows.</param>
/// <param name="time">The clock.</param>
/// <param name="shared">Counts the records of other processes as well, or null.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle is not used has nothing to free.")]
internal sealed class RecordRateLimiter(int recordsPerMinute, TimeProvider time, ISharedQuota? shared = null)
{
    internal const long WindowMilliseconds = 60_000;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(WindowMilliseconds);

    private readonly object _gate = new();
    private readonly SemaphoreSlim _queue = new(1, 1);
    private readonly Queue<(long CompletedAt, int Records)> _completed = new();
    private TaskCompletionSource<bool>? _nextCompletion;
    private int _taken;

    internal int RecordsPerMinute => recordsPerMinute;

    /// <summary>Waits until the records may be sent, in the order of the calls.</summary>
    /// <param name="records">The number of records, at most <see cref="RecordsPerMinute"/>; 0 does not wait.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The lease. Dispose it when the response was received, or when the request failed.</returns>
    internal async Task<Lease> AcquireAsync(int records, CancellationToken cancellationToken)
    {
        if (records > recordsPerMinute)
            throw new ArgumentOutOfRangeException(nameof(records), records, $"More than {recordsPerMinute}.");
        if (records == 0)
            return default;

        await _queue.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WaitForRoomAsync(records, cancellationToken).ConfigureAwait(false);
            var lease = new Lease(this, records, Guid.NewGuid());
            try
            {
                await WaitForOthersAsync(lease, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                lease.Dispose();
                throw;
            }

            return lease;
        }
        finally
        {
            _queue.Release();
        }
    }

    /// <summary>Waits until this process has sent few enough records, and counts more.</summary>
    private async Task WaitForRoomAsync(int records, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task wait;
            lock (_gate)
            {
                long now = time.GetTimestamp();
                while (_completed.Count > 0 && time.GetElapsedTime(_completed.Peek().CompletedAt, now) >= Window)
                    _taken -= _completed.Dequeue().Records;
                if (_taken + records <= recordsPerMinute)
                {
                    _taken += records;
                    return;
                }

                // Leases are released in the order of the responses. Without a response yet, wait for the first.
                wait =
                    _completed.Count > 0
                        ? time.DelayAsync(Window - time.GetElapsedTime(_completed.Peek().CompletedAt, now), cancellationToken)
                        : (_nextCompletion ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await ThrottledWait
                .RunAsync(ThrottleReason.RecordsPerMinute, wait.WaitCancellableAsync(cancellationToken))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Waits until all processes have sent few enough records.</summary>
    private async Task WaitForOthersAsync(Lease lease, CancellationToken cancellationToken)
    {
        while (shared?.TryAddBatch(lease.Batch, lease.Records, recordsPerMinute) is { } wait && wait > TimeSpan.Zero)
        {
            await ThrottledWait
                .RunAsync(ThrottleReason.RecordsPerMinute, time.DelayAsync(wait, cancellationToken))
                .ConfigureAwait(false);
        }
    }

    /// <summary>Counts records that an earlier process sent.</summary>
    internal void Restore(int records, TimeSpan age)
    {
        if (age >= Window)
            return;
        lock (_gate)
        {
            // The queue is in the order of completion; nothing is sent before everything is restored.
            long ticks = (long)(age.TotalSeconds * time.TimestampFrequency);
            _taken += records;
            _completed.Enqueue((time.GetTimestamp() - ticks, records));
        }
    }

    private void Release(Lease lease)
    {
        lock (_gate)
        {
            _completed.Enqueue((time.GetTimestamp(), lease.Records));
            _nextCompletion?.TrySetResult(true);
            _nextCompletion = null;
        }

        shared?.CompleteBatch(lease.Batch);
    }

    /// <summary>The permission to send records. They count until a minute after it is disposed.</summary>
    internal readonly struct Lease(RecordRateLimiter? limiter, int records, Guid batch) : IDisposable
    {
        internal int Records => records;

        internal Guid Batch => batch;

        public void Dispose() => limiter?.Release(this);
    }
}
