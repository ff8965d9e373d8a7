using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LinkedInExports.Benchmarks.Runner;

/// <summary>The files that Linux keeps in memory.</summary>
internal static class PageCache
{
    private const int DontNeed = 4;

    /// <summary>Removes the content of files, which are then read from the disk.</summary>
    internal static void Evict(IEnumerable<string> paths)
    {
        Sync(); // Only content that was written to the disk can be removed.
        foreach (string path in paths)
        {
            using SafeFileHandle file = File.OpenHandle(path);
            _ = Advise(file, 0, 0, DontNeed);
        }
    }

    [DllImport("libc", EntryPoint = "sync")]
    private static extern void Sync();

    [DllImport("libc", EntryPoint = "posix_fadvise")]
    private static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
}
