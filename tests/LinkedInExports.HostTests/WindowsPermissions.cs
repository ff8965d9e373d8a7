using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace LinkedInExports.HostTests;

/// <summary>Reads the permissions of a file on Windows.</summary>
internal static class WindowsPermissions
{
    private const int DaclInformation = 4;
    private const int SddlRevision = 1;

    /// <summary>Whether everyone, users or authenticated users have access.</summary>
    internal static bool IncludeOthers(string path)
    {
        string permissions = Read(path);
        Console.WriteLine($"      {path}: {permissions}");
        return Regex.IsMatch(permissions, @"\(A;[^)]*;(WD|BU|AU)\)");
    }

    private static string Read(string path)
    {
        GetFileSecurity(path, DaclInformation, null, 0, out int length);
        byte[] descriptor = new byte[length];
        if (!GetFileSecurity(path, DaclInformation, descriptor, length, out _))
            throw new IOException($"The permissions of {path} cannot be read: {Marshal.GetLastWin32Error()}");
        if (!ConvertToText(descriptor, SddlRevision, DaclInformation, out IntPtr text, out _))
            throw new IOException($"The permissions of {path} are not understood: {Marshal.GetLastWin32Error()}");
        return Marshal.PtrToStringUni(text)!;
    }

    [DllImport("advapi32", EntryPoint = "GetFileSecurityW", CharSet = CharSet.Unicode, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileSecurity(string path, int information, byte[]? descriptor, int size, out int length);

    [DllImport("advapi32", EntryPoint = "ConvertSecurityDescriptorToStringSecurityDescriptorW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ConvertToText(byte[] descriptor, int revision, int information, out IntPtr text, out int length);
}
