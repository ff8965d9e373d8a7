namespace LinkedInExports.Core.Durability;

/// <summary>Turns what the file system throws into failures with a name and the path.</summary>
internal static class FileFailure
{
    internal static T WhenWriting<T>(string path, Func<T> action) => Named(LinkedInErrorId.FileWriteFailed, "written", path, action);

    internal static void WhenWriting(string path, Action action) => WhenWriting(path, () =>
    {
        action();
        return true;
    });

    internal static T WhenReading<T>(string path, Func<T> action) => Named(LinkedInErrorId.FileReadFailed, "read", path, action);

    internal static LinkedInException Writing(string path, Exception exception) =>
        Failure(LinkedInErrorId.FileWriteFailed, "written", path, exception);

    internal static LinkedInException Reading(string path, Exception exception) =>
        Failure(LinkedInErrorId.FileReadFailed, "read", path, exception);

    /// <summary>Whether somebody else has the file (sharing or lock violation on Windows, EAGAIN of Linux and macOS).</summary>
    internal static bool IsInUse(IOException exception) =>
        exception.GetType() == typeof(IOException)
        && (exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35);

    private static T Named<T>(LinkedInErrorId id, string verb, string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failure(id, verb, path, exception);
        }
    }

    private static LinkedInException Failure(LinkedInErrorId id, string verb, string path, Exception exception) =>
        new(id, $"{path} cannot be {verb}: {exception.Message}", exception) { Target = path };
}
