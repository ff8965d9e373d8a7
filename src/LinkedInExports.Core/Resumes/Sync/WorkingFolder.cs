using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Sync;

/// <summary>The folder of a run: the folder of the ledger, or a temporary one.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private readonly bool _isTemporary;

    internal WorkingFolder(FileSystem files, string? path)
    {
        _isTemporary = path is null;
        Path = path ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"linkedin-resume-sync-{Guid.NewGuid():N}");
        if (!Directory.Exists(Path))
            FileErrors.TranslateWrite(Path, () => files.CreatePrivateDirectory(Path));
    }

    internal string Path { get; }

    public void Dispose()
    {
        if (_isTemporary && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
