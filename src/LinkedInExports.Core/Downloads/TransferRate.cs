namespace LinkedInExports.Core.Downloads;

/// <summary>
/// The current rate of a transfer: the average of the last five seconds, so that idle time does not count for long.
/// </summary>
internal sealed class TransferRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _time;
    private readonly Queue<(long At, long Total)> _samples = new();
    private long _lastSampleAt;

    internal TransferRate(TimeProvider time)
    {
        _time = time;
        AddSample(time.GetTimestamp(), total: 0);
    }

    /// <summary>Gets the rate in bytes per second.</summary>
    /// <param name="total">The number of bytes that have been transferred until now.</param>
    internal double Measure(long total)
    {
        lock (_samples)
        {
            long now = _time.GetTimestamp();
            while (_samples.Count > 1 && _time.GetElapsedTime(_samples.ElementAt(1).At, now) >= Window)
                _samples.Dequeue();
            (long at, long before) = _samples.Peek();
            if (_time.GetElapsedTime(_lastSampleAt, now) >= SampleInterval)
                AddSample(now, total);

            // A download that starts over reduces the total.
            return Math.Max(0, total - before) / Math.Max(0.001, _time.GetElapsedTime(at, now).TotalSeconds);
        }
    }

    private void AddSample(long at, long total)
    {
        _samples.Enqueue((at, total));
        _lastSampleAt = at;
    }
}
