namespace LinkedInExports.Core.Http;

/// <summary>Bodies of answers, the same on both targets.</summary>
internal static class BodyStream
{
    internal static Task<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
#if NET
        return response.Content.ReadAsStreamAsync(cancellation);
#else
        cancellation.ThrowIfCancellationRequested();
        return response.Content.ReadAsStreamAsync();
#endif
    }

    /// <summary>
    /// .NET Framework's streams do not listen to the token while they read; closing them is what ends a read there. Whoever
    /// reads takes any exception for a cancellation once the token has fired.
    /// </summary>
    internal static CancellationTokenRegistration CloseOn(this Stream body, CancellationToken cancellation) =>
#if NET
        default;
#else
        cancellation.Register(body.Dispose);
#endif
}
