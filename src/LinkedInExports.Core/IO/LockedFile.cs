namespace LinkedInExports.Core.IO;

/// <summary>Opens a small file that several processes change one after the other.</summary>
internal static class LockedFile
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(5);

    /// <summary>A process keeps the file open for milliseconds, unless it is suspended.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Opens a file for reading and writing, and waits while another process has it open.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The path of the file, which is created if it does not exist. Its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be opened, or stays locked for 5 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied.</exception>
    internal static Stream Open(FileSystem files, string path)
    {
        DateTime deadline = DateTime.UtcNow + Timeout;
        while (true)
        {
            try
            {
                return files.Open(path, FileMode.OpenOrCreate, FileOpenFlags.ReadWrite | FileOpenFlags.OwnerOnly);
            }
            catch (IOException exception) when (FileErrors.IsInUse(exception) && DateTime.UtcNow < deadline)
            {
                Thread.Sleep(RetryDelay);
            }
        }
    }
}
