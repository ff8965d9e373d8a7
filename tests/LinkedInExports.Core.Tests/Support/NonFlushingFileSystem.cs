using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// The real disk without flushes, for tests that write very many files.
/// </summary>
internal sealed class NonFlushingFileSystem : FileSystem
{
    internal static readonly NonFlushingFileSystem Instance = new();

    internal override void FlushToDisk(Stream stream) { }

    internal override void FlushDirectory(string path) { }
}
