namespace LinkedInExports.Core.IO;

/// <summary>Opens files that are read once from the beginning to the end, in large blocks.</summary>
internal static class SequentialFile
{
    internal static FileStream OpenRead(string path, FileShare share) =>
        new(path, FileMode.Open, FileAccess.Read, share, bufferSize: 1, FileOptions.SequentialScan);
}
