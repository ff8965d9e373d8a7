namespace LinkedInExports.Core.Reports;

/// <summary>
/// Counts occurrences of names. Above a number of distinct names, new ones count only in the total, so that memory is bounded.
/// </summary>
internal sealed class FrequencyCounter(int maxNames = 10_000)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    internal long Total { get; private set; }

    /// <summary>The number of distinct names, up to the limit.</summary>
    internal int NameCount => _counts.Count;

    /// <summary>Whether there are more distinct names than the limit.</summary>
    internal bool HasOmittedNames { get; private set; }

    internal void Add(string name)
    {
        Total++;
        if (_counts.TryGetValue(name, out long count))
            _counts[name] = count + 1;
        else if (_counts.Count < maxNames)
            _counts.Add(name, 1);
        else
            HasOmittedNames = true;
    }

    /// <summary>Gets the number of occurrences of a name.</summary>
    internal long GetCount(string name) => _counts.TryGetValue(name, out long count) ? count : 0;

    /// <summary>Gets the most frequent names, in descending order.</summary>
    internal List<KeyValuePair<string, long>> GetTop(int count) =>
        [.. _counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(count)];
}
