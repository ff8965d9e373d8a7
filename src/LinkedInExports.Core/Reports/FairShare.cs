namespace LinkedInExports.Core.Reports;

/// <summary>Divides what there is among those who want some of it.</summary>
internal static class FairShare
{
    /// <summary>
    /// Gives each what it wants where that is no more than an equal share, and divides the rest equally among the others.
    /// </summary>
    internal static int[] Allocate(int total, IReadOnlyList<int> wanted)
    {
        var given = new int[wanted.Count];
        int left = total;
        int others = wanted.Count;
        foreach (int i in Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i]))
        {
            given[i] = Math.Min(wanted[i], left / others--);
            left -= given[i];
        }

        return given;
    }
}
