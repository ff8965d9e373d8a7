using LinkedInExports.Core.Durability;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>Where a run keeps what it has to remember: the user's folder, or one of its own that goes with it.</summary>
internal sealed class LedgerFolder : IDisposable
{
    private readonly bool _isOurs;

    internal LedgerFolder(FileSystem files, string? path)
    {
        _isOurs = path is null;
        Path = path ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"linkedin-resume-sync-{Guid.NewGuid():N}");
        if (!Directory.Exists(Path))
            FileFailure.WhenWriting(Path, () => files.CreatePrivateFolder(Path));
    }

    internal string Path { get; }

    public void Dispose()
    {
        if (_isOurs && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
