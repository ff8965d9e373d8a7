using System.Net.Sockets;

namespace LinkedInExports.Core.Http;

/// <summary>Turns what the network throws into failures with a name.</summary>
internal static class TransportFailure
{
    /// <summary>
    /// The failure that an exception of the network layer stands for; null for a stop of the user's, and for what is not of
    /// the network.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="deadline">The bound on the answer, which may be what ended it.</param>
    /// <param name="timeout">Its length.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    internal static LinkedInException? Of(
        Exception exception, LinkedInRequest request, Deadline deadline, TimeSpan timeout, CancellationToken cancellation) => exception switch
        {
            _ when cancellation.IsCancellationRequested => null,
            OperationCanceledException when deadline.HasPassed => FromTimeout(request, timeout),
            OperationCanceledException cancelled => FromCancelledSend(cancelled, request),
            HttpRequestException failed => FromSend(failed, request),
            IOException broken => FromAnswer(broken, request),
            ObjectDisposedException => Closed(request),
            _ => null,
        };

    /// <summary>A request that got no answer.</summary>
    private static LinkedInException FromSend(HttpRequestException exception, LinkedInRequest request) =>
        new(LinkedInErrorId.ConnectionFailed, $"Could not {request.Purpose}: {Reason(exception)}", exception)
        {
            IsTransient = true,
            HadNoEffect = NeverConnected(exception),
            Target = request.Target,
        };

    /// <summary>A request that the network layer cancelled by itself: no connection in time, or the client is gone.</summary>
    private static LinkedInException FromCancelledSend(OperationCanceledException exception, LinkedInRequest request) =>
        exception.InnerException is TimeoutException
            ? new(LinkedInErrorId.ConnectionFailed, $"Could not {request.Purpose}: no connection could be made in time.", exception)
            {
                IsTransient = true,
                HadNoEffect = true,
                Target = request.Target,
            }
            : Closed(request);

    /// <summary>A request whose answer did not come in time.</summary>
    private static LinkedInException FromTimeout(LinkedInRequest request, TimeSpan timeout) =>
        new(LinkedInErrorId.RequestTimedOut, $"Could not {request.Purpose}: no answer within {timeout.TotalSeconds:0} s.")
        {
            IsTransient = true,
            Target = request.Target,
        };

    /// <summary>A small answer that broke off.</summary>
    private static LinkedInException FromAnswer(Exception exception, LinkedInRequest request) =>
        new(LinkedInErrorId.ConnectionFailed, $"Could not {request.Purpose}: the answer broke off. {Reason(exception)}", exception)
        { IsTransient = true, Target = request.Target };

    /// <summary>A request over a connection that the user has ended.</summary>
    private static LinkedInException Closed(LinkedInRequest request) =>
        new(LinkedInErrorId.NotConnected, $"Could not {request.Purpose}: the connection was closed.") { Target = request.Target };

    /// <summary>A download that broke off.</summary>
    internal static LinkedInException FromBody(Exception exception, string path, long bytes) =>
        new(
            LinkedInErrorId.DownloadIncomplete,
            $"The download of {Path.GetFileName(path)} broke off after {bytes} bytes. {Reason(exception)}",
            exception)
        { IsTransient = true, Target = path };

    internal static string Reason(Exception exception)
    {
        // The innermost one says it best ("Connection refused"); the outer ones only say that something went wrong.
        Exception innermost = exception;
        while (innermost.InnerException is { } inner)
            innermost = inner;
        return Redactor.Clean(innermost.Message).TrimEnd('.') + ".";
    }

    private static bool NeverConnected(HttpRequestException exception)
    {
#if NET
        if (exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
            return true;
#endif
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException
                {
                    SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain
                        or SocketError.NoData or SocketError.HostUnreachable or SocketError.NetworkUnreachable,
                })
                return true;
        }

        return false;
    }
}
