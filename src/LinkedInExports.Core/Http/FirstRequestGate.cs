using System.Collections.Concurrent;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Sends the first request to a host alone. If it fails permanently, for example because a certificate or a proxy credential is
/// rejected, the requests of the next seconds fail with the same error, so that a hundred downloads do not present a wrong
/// password a hundred times.
/// </summary>
internal sealed class FirstRequestGate(TimeProvider time)
{
    /// <summary>
    /// Long enough for requests that were started together, and short enough for a user who corrects the cause.
    /// </summary>
    private static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(10);

    /// <summary>A rejection is fast. A server that responds later must not delay the other requests.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, HostState> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request, for error messages.</param>
    /// <param name="authority">The host and port.</param>
    /// <param name="send">Sends the request.</param>
    /// <param name="cancellationToken">A token to cancel the wait.</param>
    internal async Task<HttpResponseMessage> SendAsync(
        LinkedInRequest request,
        string authority,
        Func<Task<HttpResponseMessage>> send,
        CancellationToken cancellationToken
    )
    {
        HostState host = _hosts.GetOrAdd(authority, static _ => new HostState());
        if (host.IsReachable)
            return await send().ConfigureAwait(false);
        if (GetRecentFailure(host) is { } recent)
            throw TransportErrors.CreateRepeatedError(recent, request);

        var ownResult = new TaskCompletionSource<LinkedInException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref host.FirstRequest, ownResult.Task, null) is { } first)
        {
            return await WaitAsync(first, cancellationToken).ConfigureAwait(false) is { } failure
                ? throw TransportErrors.CreateRepeatedError(failure, request)
                : await SendCoreAsync(host, send).ConfigureAwait(false);
        }

        LinkedInException? permanent = null;
        try
        {
            // Since the check above, another first request may have failed.
            permanent = GetRecentFailure(host);
            if (permanent is not null)
                throw TransportErrors.CreateRepeatedError(permanent, request);
            return await SendCoreAsync(host, send).ConfigureAwait(false);
        }
        catch (LinkedInException failure) when (failure.AffectsAllRequests && permanent is null)
        {
            permanent = failure;
            host.LastFailure = new PermanentFailure(failure, time.GetTimestamp());
            throw;
        }
        finally
        {
            Volatile.Write(ref host.FirstRequest, null);
            ownResult.SetResult(permanent);
        }
    }

    /// <summary>Sends a request. After a response, further requests to the host do not wait.</summary>
    private static async Task<HttpResponseMessage> SendCoreAsync(HostState host, Func<Task<HttpResponseMessage>> send)
    {
        HttpResponseMessage response = await send().ConfigureAwait(false);
        host.IsReachable = true;
        return response;
    }

    /// <returns>The permanent failure of the first request, or null if it has none so far.</returns>
    private async Task<LinkedInException?> WaitAsync(Task<LinkedInException?> first, CancellationToken cancellationToken)
    {
        using Deadline wait = time.CreateDeadline(MaxWait, cancellationToken);
        try
        {
            await ((Task)first).WaitCancellableAsync(wait.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (wait.IsExpired)
        {
            return null;
        }

        return await first.ConfigureAwait(false);
    }

    private LinkedInException? GetRecentFailure(HostState host) =>
        host.LastFailure is { } last && time.GetElapsedTime(last.FailedAt) < FailureLifetime ? last.Failure : null;

    private sealed record PermanentFailure(LinkedInException Failure, long FailedAt);

    private sealed class HostState
    {
        internal volatile bool IsReachable;
        internal volatile PermanentFailure? LastFailure;
        internal Task<LinkedInException?>? FirstRequest;
    }
}
