namespace LinkedInExports.Core.Output;

/// <summary>How far work is.</summary>
/// <param name="Activity">What is done, the same text throughout.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Percent">0 to 100, or -1 where no end is known.</param>
/// <param name="Completed">True for the last one: there is nothing to show any more.</param>
public sealed record ProgressUpdate(string Activity, string Status, int Percent = -1, bool Completed = false)
{
    /// <summary>How long it will take at the pace so far; null where nobody knows.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>What is under way within a batch; null for work that is one thing.</summary>
    public ProgressUpdate? Step { get; init; }
}
