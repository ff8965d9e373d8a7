using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>The lock file of a ledger, which only one process at a time can hold open.</summary>
internal static class LedgerLock
{
    private const string FileName = "resume-sync.lock";

    /// <summary>Locks the ledger of a folder until the stream is disposed.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.LedgerInUse"/> or <see cref="LinkedInErrorId.FileWriteFailed"/>.
    /// </exception>
    internal static Stream Acquire(FileSystem files, string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return files.Open(path, FileMode.OpenOrCreate, FileOpenFlags.OwnerOnly);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw FileErrors.CreateWriteError(path, denied);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            string reason = FileErrors.IsInUse(exception)
                ? "is in use by another run."
                : $"is in use by another process, or cannot be opened: {exception.Message}";
            throw new LinkedInException(LinkedInErrorId.LedgerInUse, $"The ledger in {folder} {reason}", exception)
            {
                Target = folder,
            };
        }
        catch (IOException exception)
        {
            throw FileErrors.CreateWriteError(path, exception);
        }
    }
}
