namespace LinkedInExports.Core.Downloads;

/// <summary>
/// The content of the first part of a job. Whether later parts repeat the header is not documented; a part without one has the
/// columns of the first part.
/// </summary>
internal sealed class SharedHeader
{
    private readonly TaskCompletionSource<PartContent?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first part, or null if it could not be saved.</summary>
    internal Task<PartContent?> First => _first.Task;

    internal void Set(PartContent? first) => _first.TrySetResult(first);
}
