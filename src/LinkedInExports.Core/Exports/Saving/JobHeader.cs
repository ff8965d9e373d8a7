namespace LinkedInExports.Core.Exports.Saving;

/// <summary>
/// The columns of a job's files. Whether later parts repeat the header is not documented: one that does not takes its
/// columns from the first part.
/// </summary>
internal sealed class JobHeader
{
    private readonly TaskCompletionSource<string[]?> _columns = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The columns of the first part; null when it could not be had.</summary>
    internal Task<string[]?> Columns => _columns.Task;

    internal void Set(string[]? columns) => _columns.TrySetResult(columns);
}
