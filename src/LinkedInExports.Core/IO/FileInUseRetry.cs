namespace LinkedInExports.Core.IO;

/// <summary>
/// Repeats an operation while another process has the file open. On Windows, virus scanners, indexers and backups open new
/// files for a moment, and a file that is open cannot be replaced.
/// </summary>
internal static class FileInUseRetry
{
    private const int MaxAttempts = 11;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);

    /// <param name="action">The operation.</param>
    /// <param name="sleep">Waits between two attempts.</param>
    /// <exception cref="IOException">The file stays open for a second, or the operation fails for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied, which Windows also reports for an open target.</exception>
    internal static void Run(Action action, Action<TimeSpan> sleep)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                action();
                return;
            }
            catch (Exception exception) when (attempt < MaxAttempts && MayBeInUse(exception))
            {
                sleep(Delay);
            }
        }
    }

    private static bool MayBeInUse(Exception exception) =>
        exception is UnauthorizedAccessException || (exception is IOException error && FileErrors.IsInUse(error));
}
