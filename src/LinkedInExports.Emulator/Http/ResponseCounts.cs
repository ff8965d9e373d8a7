namespace LinkedInExports.Emulator.Http;

/// <summary>Counts the responses by status, including those of faults, but not those of the control API.</summary>
internal sealed class ResponseCounts
{
    private readonly long[] _counts = new long[1000];

    public long this[int status] => Volatile.Read(ref _counts[status]);

    public IReadOnlyDictionary<int, long> Snapshot() =>
        Enumerable
            .Range(0, _counts.Length)
            .Where(status => this[status] > 0)
            .ToDictionary(status => status, status => this[status]);

    /// <param name="status">The status. Invalid ones, which a rewritten response can have, are not counted.</param>
    public void Add(int status)
    {
        if (status >= 0 && status < _counts.Length)
            Interlocked.Increment(ref _counts[status]);
    }
}
