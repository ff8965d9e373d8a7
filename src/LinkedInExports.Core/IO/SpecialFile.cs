#if NET
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
#endif

namespace LinkedInExports.Core.IO;

/// <summary>
/// Distinguishes files from named pipes and devices. Opening a pipe blocks until another process writes to it and cannot be
/// canceled, so pipes have to be detected before.
/// </summary>
internal static class SpecialFile
{
#if NET
    private const int ReadOnly = 0;

    /// <summary>O_NONBLOCK, on Linux and on macOS.</summary>
    private static readonly int NonBlocking = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 0x4 : 0x800;
#endif

    /// <summary>
    /// Whether the path is a pipe or a device. False for a path that cannot be opened, so that opening it reports the reason.
    /// </summary>
    internal static bool IsSpecial(string path)
    {
#if NET
        if (OperatingSystem.IsWindows())
            return false;
        int file = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly | NonBlocking);
        if (file < 0)
            return false;
        using var stream = new FileStream(new SafeFileHandle(file, ownsHandle: true), FileAccess.Read, bufferSize: 1);
        return !stream.CanSeek;
#else
        return false;
#endif
    }

#if NET
    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);
#endif
}
