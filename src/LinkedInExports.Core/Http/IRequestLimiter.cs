using LinkedInExports.Core.Output;

namespace LinkedInExports.Core.Http;

/// <summary>Limits the rate of the requests that it is attached to.</summary>
internal interface IRequestLimiter
{
    /// <summary>Waits until the request may be sent. Called before each attempt, because each one counts.</summary>
    /// <param name="diagnostics">Receives a message about a long wait.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The permission to send the request once. Dispose it when the response was received, or when the request
    /// failed.</returns>
    /// <exception cref="LinkedInException">The request may not be sent.</exception>
    Task<RequestLease> AcquireAsync(IDiagnostics diagnostics, CancellationToken cancellationToken);
}
