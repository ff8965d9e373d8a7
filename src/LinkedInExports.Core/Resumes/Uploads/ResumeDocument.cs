using System.Buffers;
using System.Security.Cryptography;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// An open resume file whose size and type LinkedIn accepts. Its type is determined by its name and its content.
/// </summary>
internal sealed class ResumeDocument : IDisposable
{
    /// <summary>The maximum length that LinkedIn accepts, in bytes.</summary>
    internal const long MaxLength = 10 * 1024 * 1024;

    private const int BufferSize = 64 * 1024;

    private ResumeDocument(string path, FileStream stream, string contentType, string sha256)
    {
        Path = path;
        Stream = stream;
        ContentType = contentType;
        Length = stream.Length;
        Sha256 = sha256;
    }

    internal string Path { get; }

    /// <summary>The content. Readers set its position.</summary>
    internal FileStream Stream { get; }

    internal string ContentType { get; }

    internal long Length { get; }

    /// <summary>The SHA-256 of the content, in lower-case hexadecimal.</summary>
    internal string Sha256 { get; }

    /// <summary>Opens and validates a file. Its content is not held in memory.</summary>
    /// <exception cref="LinkedInException">
    /// <see cref="LinkedInErrorId.InvalidPath"/>, <see cref="LinkedInErrorId.FileReadFailed"/>,
    /// <see cref="LinkedInErrorId.ResumeTooLarge"/> or <see cref="LinkedInErrorId.UnsupportedResumeFile"/>.
    /// </exception>
    internal static ResumeDocument Open(string path, CancellationToken cancellationToken) =>
        FileErrors.TranslateRead(
            path,
            () =>
            {
                if (!File.Exists(path))
                {
                    bool isFolder = Directory.Exists(path);
                    throw new LinkedInException(
                        LinkedInErrorId.InvalidPath,
                        $"'{path}' {(isFolder ? "is a folder" : "does not exist")}."
                    )
                    {
                        Target = path,
                        SyncReason = isFolder ? ResumeSyncReason.NotAFile : ResumeSyncReason.Missing,
                    };
                }

                if (SpecialFile.IsSpecial(path))
                    throw CreateUnsupportedError(path, "it is not a regular file", ResumeSyncReason.NotAFile);

                // Other processes may read the file in the meantime, but not write to it.
                FileStream stream = SequentialFile.OpenRead(path, FileShare.Read);
                try
                {
                    if (!stream.CanSeek)
                        throw CreateUnsupportedError(path, "it is not a regular file", ResumeSyncReason.NotAFile);
                    if (stream.Length == 0)
                        throw CreateUnsupportedError(path, "it is empty", ResumeSyncReason.Empty);
                    if (stream.Length > MaxLength)
                    {
                        throw new LinkedInException(
                            LinkedInErrorId.ResumeTooLarge,
                            $"{path} cannot be sent to LinkedIn: it has {stream.Length} bytes, and LinkedIn accepts at "
                                + $"most {MaxLength} (10 MB)."
                        )
                        {
                            Target = path,
                            SyncReason = ResumeSyncReason.TooLarge,
                        };
                    }

                    var type = ResumeFileType.Create(path);
                    if (type.Problem is { } wrongName)
                        throw CreateUnsupportedError(path, wrongName, ResumeSyncReason.WrongType);
                    string sha256 = Read(stream, type, cancellationToken);
                    if (type.Problem is { } wrongContent)
                        throw CreateUnsupportedError(path, wrongContent, ResumeSyncReason.WrongType);
                    return new ResumeDocument(path, stream, type.ContentType, sha256);
                }
                catch
                {
                    stream.Dispose();
                    throw;
                }
            }
        );

    public void Dispose() => Stream.Dispose();

    private static string Read(FileStream stream, ResumeFileType type, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
            while ((read = stream.Read(buffer, 0, BufferSize)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                type.Inspect(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Hex.Encode(hash.GetHashAndReset());
    }

    private static LinkedInException CreateUnsupportedError(string path, string reason, ResumeSyncReason id) =>
        new(LinkedInErrorId.UnsupportedResumeFile, $"{path} cannot be sent to LinkedIn: {reason}.")
        {
            Target = path,
            SyncReason = id,
        };
}
