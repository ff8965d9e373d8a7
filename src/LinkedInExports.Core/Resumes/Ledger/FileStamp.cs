using System.Text;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Ledger;

/// <summary>
/// Identifies the content of a file without reading it. Equal stamps mean that the file is unchanged, as in rsync and rclone.
/// </summary>
internal sealed record FileStamp
{
    /// <summary>
    /// The minimum age of a modification time. A file that was modified later can change again without a different time: FAT
    /// rounds to two seconds, and the clock of a file server may be slow. Git calls these entries racy.
    /// </summary>
    internal static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);

    /// <summary>Archives and file systems without modification times report a constant, at most the first day of FAT.</summary>
    private static readonly DateTime FirstKnownTime = new(1980, 1, 2, 0, 0, 0, DateTimeKind.Utc);

    internal const int PathHashDigits = 16;

    /// <summary>The length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>The modification time, in ticks of UTC.</summary>
    public required long ModifiedAt { get; init; }

    /// <summary>
    /// A hash of the path, because different files can have the same length and time, for example those of an archive. The
    /// ledger contains no paths.
    /// </summary>
    public required string PathHash { get; init; }

    /// <summary>Gets the stamp of a file. Call it before the file is read.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="now">The current time.</param>
    /// <returns>The stamp; null if the file has to be read every time.</returns>
    internal static FileStamp? TryCapture(string path, DateTimeOffset now)
    {
        try
        {
            var file = new FileInfo(path);

            // A link has its own modification time, and its target can change.
            if (!file.Exists || (file.Attributes & FileAttributes.ReparsePoint) != 0)
                return null;
            DateTime modifiedAt = file.LastWriteTimeUtc;
            return modifiedAt < FirstKnownTime || now.UtcDateTime - modifiedAt < MinAge
                ? null
                : new FileStamp
                {
                    Length = file.Length,
                    ModifiedAt = modifiedAt.Ticks,
                    PathHash = Sha256Hash.ComputeHex(Encoding.UTF8.GetBytes(path)).Substring(0, PathHashDigits),
                };
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return null; // Opening the file reports the problem.
        }
    }
}
