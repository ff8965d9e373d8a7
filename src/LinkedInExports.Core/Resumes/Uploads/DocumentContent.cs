using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>The body of a request with a resume, which is streamed from the open file and hashed.</summary>
internal sealed class DocumentContent : HttpContent
{
    private const int BufferSize = 64 * 1024;

    private readonly ResumeDocument _document;

    internal DocumentContent(ResumeDocument document)
    {
        _document = document;
        Headers.ContentType = new MediaTypeHeaderValue(document.ContentType);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _document.Length;
        return true;
    }

#if NET
    protected override Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    ) => SendAsync(stream, cancellationToken);
#endif

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SendAsync(stream, CancellationToken.None);

    private async Task SendAsync(Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            _document.Stream.Position = 0;
            long left = _document.Length;
            while (left > 0)
            {
                int read = _document.Stream.Read(buffer, 0, (int)Math.Min(left, BufferSize));
                if (read == 0)
                    throw new FileModifiedDuringUploadException();
                hash.AppendData(buffer, 0, read);
                left -= read;

                // The last block is sent only if the file is the one that was inspected. Otherwise, the request breaks
                // off, and LinkedIn does not store the file.
                if (left == 0 && Hex.Encode(hash.GetHashAndReset()) != _document.Sha256)
                    throw new FileModifiedDuringUploadException();
                await target.WriteAsync(buffer, 0, read, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>A file was modified while it was sent.</summary>
internal sealed class FileModifiedDuringUploadException() : Exception("The file was changed while it was being sent.");
