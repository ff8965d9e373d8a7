using System.Diagnostics.CodeAnalysis;

namespace LinkedInExports.Core.Resumes.Quotas;

/// <summary>
/// Keeps within a number of records per minute, however the server counts its minutes: a record takes a place before it
/// is sent and gives it back 60 seconds after the answer came, so no window of 60 seconds at the server sees more.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asked for holds nothing to free.")]
internal sealed class RecordRateLimiter(int recordsPerMinute, TimeProvider time)
{
    internal const long WindowMilliseconds = 60_000;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(WindowMilliseconds);

    private readonly object _gate = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<(long AnsweredAt, int Records)> _answered = new();
    private TaskCompletionSource<bool>? _answer;
    private int _taken;

    /// <summary>The most records that can be sent at once.</summary>
    internal int RecordsPerMinute => recordsPerMinute;

    /// <summary>Waits until that many records may be sent. First come, first served.</summary>
    /// <param name="records">At most <see cref="RecordsPerMinute"/>; 0 does not wait.</param>
    /// <param name="cancellation">Fires when the user wants out.</param>
    /// <returns>The places; dispose it when the answer is there, or when none will come.</returns>
    internal async Task<Lease> EnterAsync(int records, CancellationToken cancellation)
    {
        if (records > recordsPerMinute)
            throw new ArgumentOutOfRangeException(nameof(records), records, $"More than {recordsPerMinute}.");
        if (records == 0)
            return default;

        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            while (true)
            {
                Task wait;
                lock (_gate)
                {
                    long now = time.GetTimestamp();
                    while (_answered.Count > 0 && time.GetElapsedTime(_answered.Peek().AnsweredAt, now) >= Window)
                        _taken -= _answered.Dequeue().Records;
                    if (_taken + records <= recordsPerMinute)
                    {
                        _taken += records;
                        return new Lease(this, records);
                    }

                    // Lease come free in the order of the answers; with none of them there yet, one is what to wait for.
                    wait = _answered.Count > 0
                        ? time.Delay(Window - time.GetElapsedTime(_answered.Peek().AnsweredAt, now), cancellation)
                        : (_answer ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                }

                await wait.OrCancelled(cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes into account what an earlier process sent and got an answer to, that long ago.</summary>
    internal void Recall(int records, TimeSpan ago)
    {
        if (ago >= Window)
            return;
        lock (_gate)
        {
            // The queue is in the order of the answers, and nothing was sent before the recalling is over.
            long ticks = (long)(ago.TotalSeconds * time.TimestampFrequency);
            _taken += records;
            _answered.Enqueue((time.GetTimestamp() - ticks, records));
        }
    }

    private void Leave(int records)
    {
        lock (_gate)
        {
            _answered.Enqueue((time.GetTimestamp(), records));
            _answer?.TrySetResult(true);
            _answer = null;
        }
    }

    /// <summary>Lease that are taken until a minute after it is disposed.</summary>
    internal readonly struct Lease(RecordRateLimiter? pacer, int records) : IDisposable
    {
        public void Dispose() => pacer?.Leave(records);
    }
}
