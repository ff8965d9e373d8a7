namespace LinkedInExports.Core.Output;

/// <summary>The progress of an operation.</summary>
/// <param name="Activity">The operation; the same text in all of its updates.</param>
/// <param name="Status">The current state.</param>
/// <param name="Percent">0 to 100, or -1 if the total is not known.</param>
/// <param name="Completed">True for the last update, which removes the progress bar.</param>
public sealed record ProgressUpdate(string Activity, string Status, int Percent = -1, bool Completed = false)
{
    /// <summary>The estimated remaining time, or null.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>The current step of a batch, or null.</summary>
    public ProgressUpdate? Step { get; init; }

    /// <summary>
    /// Creates the update for the current time, if it shows a clock or a rate. Called on the thread that shows progress.
    /// </summary>
    public Func<ProgressUpdate>? Refresh { get; init; }
}
