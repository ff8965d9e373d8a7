#if NET
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace LinkedInExports.Core.IO;

/// <summary>Flushes a folder on Unix, which .NET does not support.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>
    /// The errors of a folder that is not readable, or of a file system that does not support it (EPERM, EACCES, EINVAL,
    /// ENOSYS, and ENOTSUP of macOS and Linux).
    /// </summary>
    private static readonly int[] UnsupportedErrors = [1, 13, 22, 38, 45, 95];

    /// <exception cref="IOException">The disk failed.</exception>
    internal static void Flush(string path)
    {
        int folder = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly);
        if (folder < 0)
        {
            ThrowUnlessUnsupported(path);
            return;
        }

        try
        {
            if (FSync(folder) != 0)
                ThrowUnlessUnsupported(path);
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private static void ThrowUnlessUnsupported(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        if (!UnsupportedErrors.Contains(error))
            throw new IOException($"The folder {path} cannot be flushed: {new Win32Exception(error).Message}", error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(int file);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int file);
}
#endif
