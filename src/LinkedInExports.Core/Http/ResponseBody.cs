namespace LinkedInExports.Core.Http;

/// <summary>Opens response bodies the same way on .NET and .NET Framework.</summary>
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
}
