namespace LinkedInExports.Core.Downloads;

/// <summary>
/// What the first part of a job contains. Whether later parts repeat the header is not documented: one that does not takes its
/// columns from the first part.
/// </summary>
internal sealed class SharedHeader
{
    private readonly TaskCompletionSource<PartContent?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first part; null when it could not be saved.</summary>
    internal Task<PartContent?> First => _first.Task;

    internal void Set(PartContent? first) => _first.TrySetResult(first);
}
