using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LinkedInExports.Core.IO;

/// <summary>
/// Removes the inherited permissions of a file or folder on Windows, like the modes of files on Unix: its owner, the system and
/// administrators keep access.
/// </summary>
internal static class WindowsAccess
{
    /// <summary>A protected list, which inherits nothing: full access for OWNER RIGHTS, SYSTEM and Administrators.</summary>
    private const string FilePermissions = "D:P(A;;FA;;;OW)(A;;FA;;;SY)(A;;FA;;;BA)";

    /// <summary>The same, which the content of the folder inherits.</summary>
    private const string FolderPermissions = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    private const int DaclInformation = 4;
    private const int SddlRevision = 1;
    private const int MaxPath = 260;
    private const int Win32Facility = unchecked((int)0x80070000);

    /// <summary>
    /// The errors of a file system without permissions, or of an administrator who does not permit that users change them
    /// (ERROR_INVALID_FUNCTION, ERROR_ACCESS_DENIED, ERROR_NOT_SUPPORTED).
    /// </summary>
    private static readonly int[] UnsupportedErrors = [1, 5, 50];

    /// <exception cref="IOException">The permissions cannot be changed.</exception>
    internal static void RestrictFile(string path) => Restrict(path, FilePermissions);

    /// <exception cref="IOException">The permissions cannot be changed.</exception>
    internal static void RestrictFolder(string path) => Restrict(path, FolderPermissions);

    private static void Restrict(string path, string permissions)
    {
        if (!ConvertToDescriptor(permissions, SddlRevision, out IntPtr descriptor, IntPtr.Zero))
            throw CreateException(path, Marshal.GetLastWin32Error());
        try
        {
            if (SetFileSecurity(ToLongPath(path), DaclInformation, descriptor))
                return;
            int error = Marshal.GetLastWin32Error();
            if (!UnsupportedErrors.Contains(error))
                throw CreateException(path, error);
        }
        finally
        {
            LocalFree(descriptor);
        }
    }

    private static IOException CreateException(string path, int error) =>
        new($"The permissions of {path} cannot be changed: {new Win32Exception(error).Message}", Win32Facility | error);

    /// <summary>The functions of Windows accept paths of 260 characters and more only with a prefix.</summary>
    private static string ToLongPath(string path)
    {
        string full = Path.GetFullPath(path);
        if (full.Length < MaxPath || full.StartsWith(@"\\?\", StringComparison.Ordinal))
            return full;
        return full.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC\" + full.Substring(2) : @"\\?\" + full;
    }

    [DllImport(
        "advapi32",
        EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW",
        CharSet = CharSet.Unicode,
        ExactSpelling = true,
        SetLastError = true
    )]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ConvertToDescriptor(string text, int revision, out IntPtr descriptor, IntPtr length);

    [DllImport("advapi32", EntryPoint = "SetFileSecurityW", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetFileSecurity(string path, int information, IntPtr descriptor);

    [DllImport("kernel32", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LocalFree(IntPtr memory);
}
