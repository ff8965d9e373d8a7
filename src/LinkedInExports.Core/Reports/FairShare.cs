namespace LinkedInExports.Core.Reports;

/// <summary>Divides a limited total among several requests.</summary>
internal static class FairShare
{
    /// <summary>
    /// Grants requests that are no larger than an equal share in full, and divides the rest equally among the others.
    /// </summary>
    internal static int[] Allocate(int total, IReadOnlyList<int> requests)
    {
        var granted = new int[requests.Count];
        int remaining = total;
        int others = requests.Count;
        foreach (int i in Enumerable.Range(0, requests.Count).OrderBy(i => requests[i]))
        {
            granted[i] = Math.Min(requests[i], remaining / others--);
            remaining -= granted[i];
        }

        return granted;
    }
}
