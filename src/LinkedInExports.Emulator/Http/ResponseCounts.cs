namespace LinkedInExports.Emulator.Http;

/// <summary>How often each status was answered since the start, by faults too; the control surface does not count.</summary>
internal sealed class ResponseCounts
{
    private readonly long[] _counts = new long[1000];

    public long this[int status] => Volatile.Read(ref _counts[status]);

    public IReadOnlyDictionary<int, long> Snapshot() =>
        Enumerable
            .Range(0, _counts.Length)
            .Where(status => this[status] > 0)
            .ToDictionary(status => status, status => this[status]);

    /// <param name="status">One that is no status of HTTP, as a rewritten answer may have, is not counted.</param>
    public void Add(int status)
    {
        if (status >= 0 && status < _counts.Length)
            Interlocked.Increment(ref _counts[status]);
    }
}
