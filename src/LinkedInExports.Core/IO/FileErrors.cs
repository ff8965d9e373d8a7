namespace LinkedInExports.Core.IO;

/// <summary>Converts exceptions of the file system to errors with an id and the path.</summary>
internal static class FileErrors
{
    internal static T TranslateWrite<T>(string path, Func<T> action) =>
        Translate(LinkedInErrorId.FileWriteFailed, "written", path, action);

    internal static void TranslateWrite(string path, Action action) =>
        TranslateWrite(
            path,
            () =>
            {
                action();
                return true;
            }
        );

    internal static T TranslateRead<T>(string path, Func<T> action) =>
        Translate(LinkedInErrorId.FileReadFailed, "read", path, action);

    internal static LinkedInException CreateWriteError(string path, Exception exception) =>
        CreateError(LinkedInErrorId.FileWriteFailed, "written", path, exception);

    internal static LinkedInException CreateReadError(string path, Exception exception) =>
        CreateError(LinkedInErrorId.FileReadFailed, "read", path, exception);

    /// <summary>
    /// Whether another process has locked the file (sharing or lock violation on Windows, EAGAIN on Linux and macOS).
    /// </summary>
    internal static bool IsInUse(IOException exception) =>
        exception.GetType() == typeof(IOException)
        && (exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021) or 11 or 35);

    private static T Translate<T>(LinkedInErrorId id, string verb, string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw CreateError(id, verb, path, exception);
        }
    }

    private static LinkedInException CreateError(LinkedInErrorId id, string verb, string path, Exception exception) =>
        new(id, $"{path} cannot be {verb}: {Describe(path, exception)}", exception) { Target = path };

    /// <summary>The message of a missing folder names the partial file, which the user did not specify.</summary>
    private static string Describe(string path, Exception exception) =>
        exception is DirectoryNotFoundException
            ? $"The folder '{Path.GetDirectoryName(path)}' does not exist."
            : exception.Message;
}
