using LinkedInExports.Core.IO;

namespace LinkedInExports.Core.ExportFiles;

/// <summary>Opens export files with support for cancellation.</summary>
/// <remarks>
/// A named pipe can be opened and read only when another process writes to it, and a network folder may not respond. After a
/// cancellation, the operation is abandoned in the background.
/// </remarks>
internal static class ExportInput
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="LinkedInException">The file cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled first.</exception>
    internal static FileStream Open(string path, CancellationToken cancellationToken)
    {
        Task<FileStream> opening = Task.Run(
            () => SequentialFile.OpenRead(path, FileShare.ReadWrite | FileShare.Delete),
            CancellationToken.None
        );
        try
        {
            return FileErrors.TranslateRead(path, () => Wait(opening, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            _ = opening.ContinueWith(
                task => task.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default
            );
            throw;
        }
    }

    /// <summary>Gets the content of an open file. For a pipe, reads can be canceled.</summary>
    internal static Stream ToByteStream(FileStream file, CancellationToken cancellationToken) =>
        file.CanSeek ? file : new PipeStream(file, cancellationToken);

    private static T Wait<T>(Task<T> task, CancellationToken cancellationToken)
    {
        Task.WaitAny([task], cancellationToken);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>A pipe that is read in the background. Closing the file does not wait for a read in progress.</summary>
    private sealed class PipeStream(FileStream pipe, CancellationToken cancellationToken) : ReadOnlyStream
    {
        private readonly byte[] _buffer = new byte[64 * 1024];

        public override int Read(byte[] buffer, int offset, int count)
        {
            // Into a separate buffer, because an abandoned read must not write to the caller's.
            int wanted = Math.Min(count, _buffer.Length);
            int read = Wait(Task.Run(() => pipe.Read(_buffer, 0, wanted), CancellationToken.None), cancellationToken);
            _buffer.AsSpan(0, read).CopyTo(buffer.AsSpan(offset));
            return read;
        }
    }
}
