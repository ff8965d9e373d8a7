using LinkedInExports.Core.Incidents;

namespace LinkedInExports.Emulator.Replay;

/// <summary>
/// Finds the recorded exchange of a request: the first remaining exchange with its method and path. Parallel requests can arrive
/// in another order, so an exchange with the same ids and the same query is preferred.
/// </summary>
internal sealed class ReplayPlan(IEnumerable<RecordedExchange> exchanges)
{
    private readonly Lock _lock = new();
    private readonly List<RecordedExchange> _remaining = [.. exchanges];

    /// <summary>The number of exchanges that were not replayed.</summary>
    public int RemainingCount
    {
        get
        {
            lock (_lock)
                return _remaining.Count;
        }
    }

    /// <summary>Removes and returns the exchange of a request, or returns null.</summary>
    public RecordedExchange? Take(string method, string path, string query, PseudonymMap pseudonyms)
    {
        lock (_lock)
        {
            RecordedExchange? found = null;
            int best = 0;
            foreach (RecordedExchange exchange in _remaining.Where(exchange => exchange.Method == method))
            {
                int score = GetScore(exchange, path, query, pseudonyms);
                if (score > best)
                    (found, best) = (exchange, score);
            }

            if (found is not null)
                _remaining.Remove(found);
            return found;
        }
    }

    private static int GetScore(RecordedExchange exchange, string path, string query, PseudonymMap pseudonyms)
    {
        bool isExact = Normalize(pseudonyms.Replace(exchange.Path)) == Normalize(path);
        if (!isExact && !HasSameShape(exchange.Path, path))
            return 0;
        bool hasSameQuery = pseudonyms.Replace(exchange.Query) == query;
        return 1 + (isExact ? 4 : 0) + (hasSameQuery ? 2 : 0) + (!hasSameQuery && HasSameWords(exchange.Query, query) ? 1 : 0);
    }

    private static bool HasSameShape(string recorded, string path)
    {
        if (recorded.StartsWith(IncidentFormat.LinkPath, StringComparison.Ordinal))
            return false; // Each link is different.
        string[] recordedSegments = Normalize(recorded).Split('/');
        string[] segments = Normalize(path).Split('/');
        return recordedSegments.Length == segments.Length
            && recordedSegments
                .Zip(segments)
                .All(pair => pair.First == pair.Second || GetShape(pair.First) == GetShape(pair.Second));
    }

    /// <summary>Whether the values of a query can be those of the recorded query, such as the action.</summary>
    private static bool HasSameWords(string recorded, string query) =>
        recorded.Split('&').Zip(query.Split('&')).All(pair => GetShape(pair.First) == GetShape(pair.Second));

    /// <summary>The base addresses /v2/ and /rest/ are equivalent.</summary>
    private static string Normalize(string path) =>
        path.StartsWith("/rest/", StringComparison.Ordinal) ? "/v2/" + path["/rest/".Length..] : path;

    /// <summary>Gets the kinds of the characters, which a pseudonym and its value share. All numbers have one shape.</summary>
    private static string GetShape(string segment) =>
        segment.All(char.IsAsciiDigit)
            ? "1"
            : string.Concat(
                segment.Select(character =>
                    char.IsAsciiDigit(character) ? '1'
                    : char.IsAsciiLetterLower(character) ? 'x'
                    : char.IsAsciiLetterUpper(character) ? 'X'
                    : character
                )
            );
}
