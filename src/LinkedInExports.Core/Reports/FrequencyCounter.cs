namespace LinkedInExports.Core.Reports;

/// <summary>Counts names. Past a number of them new ones are counted together, so that memory stays bounded.</summary>
internal sealed class FrequencyCounter(int maxNames = 10_000)
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>All that was counted.</summary>
    internal long Total { get; private set; }

    /// <summary>How many names there are, or the most that are told apart.</summary>
    internal int NameCount => _counts.Count;

    internal void Add(string name)
    {
        Total++;
        if (_counts.TryGetValue(name, out long count))
            _counts[name] = count + 1;
        else if (_counts.Count < maxNames)
            _counts.Add(name, 1);
    }

    /// <summary>The most frequent names, the first one first.</summary>
    internal List<KeyValuePair<string, long>> GetTop(int count) =>
        [.. _counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(count)];
}
