using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// The real disk without its flushes, for tests that write very many files and need none of them after a power failure.
/// </summary>
internal sealed class NonFlushingFileSystem : FileSystem
{
    internal static readonly NonFlushingFileSystem Instance = new();

    internal override void FlushToDisk(Stream stream) { }

    internal override void FlushDirectory(string path) { }
}
