using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Downloads;

/// <summary>Describes how a download is continued after its connection breaks.</summary>
internal sealed record DownloadContinuation
{
    /// <summary>The request, for messages.</summary>
    internal required LinkedInRequest Request { get; init; }

    /// <summary>The file, for messages.</summary>
    internal required string Path { get; init; }

    /// <summary>Whether to resume the download.</summary>
    internal required bool CanResume { get; init; }

    /// <summary>Requests the rest of the file.</summary>
    internal required Func<ResumePoint, Task<HttpResponseMessage>> Resume { get; init; }

    internal required TimeProvider Time { get; init; }

    /// <summary>The timeout for a connection that sends no data.</summary>
    internal required TimeSpan IdleTimeout { get; init; }

    /// <summary>Receives a message for each further connection.</summary>
    internal required IDiagnostics Diagnostics { get; init; }
}
