namespace LinkedInExports.Core.IO;

/// <summary>Stream operations that behave the same on .NET and .NET Framework.</summary>
internal static class StreamExtensions
{
    /// <summary>
    /// Reads from a stream until the token is canceled. Network streams of .NET Framework ignore the token while they read, so
    /// cancellation closes them.
    /// </summary>
    internal static async Task<int> ReadCancellableAsync(
        this Stream stream,
        byte[] buffer,
        int offset,
        int count,
        CancellationToken cancellationToken
    )
    {
#if NET
        return await stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
#else
        using (cancellationToken.Register(stream.Dispose))
        {
            try
            {
                return await stream.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
#endif
    }
}
