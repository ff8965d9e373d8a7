using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>Turns what the network throws into failures with a name.</summary>
internal static class TransportErrors
{
    /// <summary>
    /// The failure that an exception of the network layer stands for; null for a stop of the user's, and for what is not of
    /// the network.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="deadline">The bound on the answer, which may be what ended it.</param>
    /// <param name="timeout">Its length.</param>
    /// <param name="cancellationToken">The user's wish to stop.</param>
    internal static LinkedInException? Translate(
        Exception exception, LinkedInRequest request, Deadline deadline, TimeSpan timeout, CancellationToken cancellationToken) => exception switch
        {
            _ when cancellationToken.IsCancellationRequested => null,
            OperationCanceledException when deadline.IsExpired => FromTimeout(request, timeout),
            OperationCanceledException cancelled => FromCancelledSend(cancelled, request),
            HttpRequestException failed => FromSend(failed, request),
            InvalidDataException damaged => ContentDecoder.CreateCorruptError(damaged, request),
            IOException broken => FromResponse(broken, request),
            ObjectDisposedException => CreateClosedError(request),
            _ => null,
        };

    /// <summary>A request that got no answer.</summary>
    internal static LinkedInException FromSend(HttpRequestException exception, LinkedInRequest request)
    {
#if NET
        if (Find<NonPublicAddressException>(exception) is not null)
            return CreateNotPublicError(request);
#endif
        if (Find<AuthenticationException>(exception) is { } rejected)
            return CreatePermanentError(LinkedInErrorId.CertificateRejected, $"no secure connection to {request.RequestUri.Authority}", rejected, exception, request);
        if (GetProxyStatus(exception) is { } status)
        {
            if (status == (int)HttpStatusCode.ProxyAuthenticationRequired)
                return CreatePermanentError(LinkedInErrorId.ProxyAuthenticationFailed, $"the proxy did not accept the credential (407)", exception, exception, request);
            if (status is >= 400 and < 500)
                return CreatePermanentError(LinkedInErrorId.ProxyRejected, $"the proxy refused to connect to {request.RequestUri.Authority} ({status})", exception, exception, request);
        }

        return new(LinkedInErrorId.ConnectionFailed, $"Could not {request.Description}: {GetInnermostMessage(exception)}", exception)
        {
            IsTransient = true,
            IsNotProcessed = IsFailureBeforeSend(exception),
            Target = request.Target,
        };
    }

    /// <summary>A request that the network layer cancelled by itself: no connection in time, or the client is gone.</summary>
    private static LinkedInException FromCancelledSend(OperationCanceledException exception, LinkedInRequest request) =>
        exception.InnerException is TimeoutException
            ? new(LinkedInErrorId.ConnectionFailed, $"Could not {request.Description}: no connection could be made in time.", exception)
            {
                IsTransient = true,
                IsNotProcessed = true,
                Target = request.Target,
            }
            : CreateClosedError(request);

    /// <summary>A request whose answer did not come in time.</summary>
    private static LinkedInException FromTimeout(LinkedInRequest request, TimeSpan timeout) =>
        new(LinkedInErrorId.RequestTimedOut, $"Could not {request.Description}: no answer within {timeout.TotalSeconds:0} s.")
        {
            IsTransient = true,
            Target = request.Target,
        };

    /// <summary>A small answer that broke off.</summary>
    private static LinkedInException FromResponse(Exception exception, LinkedInRequest request) =>
        new(LinkedInErrorId.ConnectionFailed, $"Could not {request.Description}: the answer broke off. {GetInnermostMessage(exception)}", exception)
        { IsTransient = true, Target = request.Target };

    /// <summary>A request over a connection that the user has ended.</summary>
    private static LinkedInException CreateClosedError(LinkedInRequest request) =>
        new(LinkedInErrorId.NotConnected, $"Could not {request.Description}: the connection was closed.") { Target = request.Target };

    /// <summary>A download that broke off.</summary>
    internal static LinkedInException FromBody(Exception exception, string path, long bytes) =>
        new(
            LinkedInErrorId.DownloadIncomplete,
            $"The download of {Path.GetFileName(path)} broke off after {bytes} bytes. {GetInnermostMessage(exception)}",
            exception)
        { IsTransient = true, Target = path };

    /// <summary>The reason in a sentence.</summary>
    internal static SanitizedText GetInnermostMessage(Exception exception)
    {
        // The innermost one says it best ("Connection refused"); the outer ones only say that something went wrong.
        Exception innermost = exception;
        while (innermost.InnerException is { } inner)
            innermost = inner;
        return SanitizedText.FromServer(innermost.Message.TrimEnd('.', '"', ' ') + ".");
    }

    /// <summary>A failure that another attempt, or another request on the same way, cannot change.</summary>
    private static LinkedInException CreatePermanentError(
        LinkedInErrorId id, SanitizedText what, Exception reason, Exception exception, LinkedInRequest request)
    {
        SanitizedText detail = $"{what}. {GetInnermostMessage(reason)}";
        return new(id, $"Could not {request.Description}: {detail}", exception)
        { IsPermanent = true, IsNotProcessed = true, Target = request.Target, Detail = detail };
    }

    /// <summary>The same failure, of a request that was not sent because it could only fail in the same way.</summary>
    internal static LinkedInException CreateRepeatedError(LinkedInException failure, LinkedInRequest request) =>
        new(failure.Id, $"Could not {request.Description}: {failure.Detail}", failure.InnerException)
        { IsPermanent = true, IsNotProcessed = true, Target = request.Target, Detail = failure.Detail };

    /// <summary>A redirect to a host of a private network.</summary>
    internal static LinkedInException CreateNotPublicError(LinkedInRequest request) =>
        new(LinkedInErrorId.AddressNotAllowed, $"Could not {request.Description}: a redirect leads to a host with a private address. Nothing was sent there.")
        { IsNotProcessed = true, Target = request.Target };

    /// <summary>The status with which a proxy answered CONNECT; null where that is not what failed.</summary>
    private static int? GetProxyStatus(HttpRequestException exception)
    {
#if NET
        if (exception.HttpRequestError != HttpRequestError.ProxyTunnelError)
            return null;
        if (exception.StatusCode is { } known)
            return (int)known;

        // The runtime tells the status in its (never localized) message only.
        int quote = exception.Message.LastIndexOf("'4", StringComparison.Ordinal);
        return quote >= 0 && int.TryParse(exception.Message.AsSpan(quote + 1, Math.Min(3, exception.Message.Length - quote - 1)), out int status) ? status : null;
#else
        return Find<WebException>(exception)?.Response is HttpWebResponse response ? (int)response.StatusCode : null;
#endif
    }

    private static T? Find<T>(Exception exception)
        where T : Exception
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is T found)
                return found;
        }

        return null;
    }

    private static bool IsFailureBeforeSend(HttpRequestException exception)
    {
#if NET
        if (exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
            return true;
#endif
        return Find<SocketException>(exception) is
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain
                or SocketError.NoData or SocketError.HostUnreachable or SocketError.NetworkUnreachable,
        };
    }
}
