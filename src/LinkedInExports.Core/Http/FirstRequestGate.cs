using System.Collections.Concurrent;
using LinkedInExports.Core.Time;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Lets the first request to a host go alone. If it fails for a reason that holds for every request, such as a rejected
/// certificate or a proxy that refuses the credential, the requests that waited for it fail with the same error instead of
/// trying the same: a hundred downloads must not present a wrong password a hundred times.
/// </summary>
internal sealed class FirstRequestGate
{
    private readonly ConcurrentDictionary<string, HostState> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sends a request.</summary>
    /// <param name="request">What is sent, for the error of one that waited.</param>
    /// <param name="authority">Host and port that it goes to.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="cancellationToken">A token to cancel the wait.</param>
    internal async Task<HttpResponseMessage> SendAsync(
        LinkedInRequest request, string authority, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        HostState host = _hosts.GetOrAdd(authority, static _ => new HostState());
        if (host.IsReachable)
            return await send().ConfigureAwait(false);

        var ownResult = new TaskCompletionSource<LinkedInException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref host.FirstRequest, ownResult.Task, null) is { } first)
        {
            await ((Task)first).WaitCancellableAsync(cancellationToken).ConfigureAwait(false);
            return await first.ConfigureAwait(false) is { } failure
                ? throw TransportErrors.CreateRepeatedError(failure, request)
                : await send().ConfigureAwait(false);
        }

        LinkedInException? permanent = null;
        try
        {
            HttpResponseMessage response = await send().ConfigureAwait(false);
            host.IsReachable = true;
            return response;
        }
        catch (LinkedInException failure) when (failure.IsPermanent)
        {
            permanent = failure;
            throw;
        }
        finally
        {
            Volatile.Write(ref host.FirstRequest, null);
            ownResult.SetResult(permanent);
        }
    }

    private sealed class HostState
    {
        internal volatile bool IsReachable;
        internal Task<LinkedInException?>? FirstRequest;
    }
}
