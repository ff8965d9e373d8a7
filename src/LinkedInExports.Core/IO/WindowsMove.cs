#if !NET
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LinkedInExports.Core.IO;

/// <summary>
/// Replaces a file on Windows. .NET Framework has only <see cref="File.Replace(string, string, string)"/>, which fails while
/// the new file is open.
/// </summary>
internal static class WindowsMove
{
    private const int ReplaceExisting = 1;
    private const int WriteThrough = 8;
    private const int AccessDenied = 5;
    private const int Win32Facility = unchecked((int)0x80070000);

    /// <exception cref="IOException">The file cannot be moved.</exception>
    /// <exception cref="UnauthorizedAccessException">Access is denied, or another process has the target open.</exception>
    internal static void Replace(string from, string to)
    {
        if (MoveFileEx(from, to, ReplaceExisting | WriteThrough))
            return;

        int error = Marshal.GetLastWin32Error();
        string message = new Win32Exception(error).Message;
        throw error == AccessDenied ? new UnauthorizedAccessException(message) : new IOException(message, Win32Facility | error);
    }

    [DllImport("kernel32", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileEx(string from, string to, int flags);
}
#endif
