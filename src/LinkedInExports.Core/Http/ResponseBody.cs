namespace LinkedInExports.Core.Http;

/// <summary>Bodies of answers, the same on both targets.</summary>
internal static class ResponseBody
{
    internal static Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
#if NET
        return response.Content.ReadAsStreamAsync(cancellationToken);
#else
        cancellationToken.ThrowIfCancellationRequested();
        return response.Content.ReadAsStreamAsync();
#endif
    }

    /// <summary>
    /// Reads, and stops when told to. .NET Framework's streams do not listen to the token while they read; there, closing
    /// them is what ends it.
    /// </summary>
    internal static async Task<int> ReadCancellableAsync(
        this Stream body, byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
#if NET
        try
        {
            return await body.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException exception) when (ContentDecoder.IsDecoder(body))
        {
            // BrotliStream throws this, and no InvalidDataException, for data that is not Brotli.
            throw new InvalidDataException(exception.Message, exception);
        }
#else
        using (cancellationToken.Register(body.Dispose))
        {
            try
            {
                return await body.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
#endif
    }
}
