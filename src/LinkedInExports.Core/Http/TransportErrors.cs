using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using LinkedInExports.Core.Time;
using LinkedInExports.Text;

namespace LinkedInExports.Core.Http;

/// <summary>Converts exceptions of the network to errors with an id.</summary>
internal static class TransportErrors
{
    /// <summary>
    /// Converts an exception of the network, or returns null for a cancellation by the user and for other exceptions.
    /// </summary>
    /// <param name="exception">The exception.</param>
    /// <param name="request">The request.</param>
    /// <param name="deadline">The timeout of the response.</param>
    /// <param name="timeout">The length of the timeout.</param>
    /// <param name="cancellationToken">The token of the user.</param>
    internal static LinkedInException? Translate(
        Exception exception,
        LinkedInRequest request,
        Deadline deadline,
        TimeSpan timeout,
        CancellationToken cancellationToken
    ) =>
        exception switch
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

    /// <summary>Creates the error of a request without a response.</summary>
    internal static LinkedInException FromSend(HttpRequestException exception, LinkedInRequest request)
    {
#if NET
        if (Find<NonPublicAddressException>(exception) is not null)
            return CreateNotPublicError(request);
#endif
        if (Find<AuthenticationException>(exception) is { } rejected)
        {
            return CreatePermanentError(
                LinkedInErrorId.CertificateRejected,
                $"no secure connection to {request.RequestUri.Authority}",
                rejected,
                exception,
                request
            );
        }

        if (GetProxyStatus(exception) is { } status)
        {
            if (status == (int)HttpStatusCode.ProxyAuthenticationRequired)
            {
                return CreatePermanentError(
                    LinkedInErrorId.ProxyAuthenticationFailed,
                    $"the proxy did not accept the credential (407)",
                    exception,
                    exception,
                    request
                );
            }

            if (status is >= 400 and < 500)
            {
                return CreatePermanentError(
                    LinkedInErrorId.ProxyRejected,
                    $"the proxy refused to connect to {request.RequestUri.Authority} ({status})",
                    exception,
                    exception,
                    request
                );
            }
        }

        return new(
            LinkedInErrorId.ConnectionFailed,
            $"Could not {request.Description} at {request.RequestUri.Authority}: {GetInnermostMessage(exception)}",
            exception
        )
        {
            IsTransient = true,
            IsNotProcessed = IsFailureBeforeSend(exception),
            Target = request.Target,
        };
    }

    /// <summary>
    /// Creates the error of a request that the network layer canceled: the connection timed out, or the client is disposed.
    /// </summary>
    private static LinkedInException FromCancelledSend(OperationCanceledException exception, LinkedInRequest request) =>
        exception.InnerException is TimeoutException
            ? new(
                LinkedInErrorId.ConnectionFailed,
                $"Could not {request.Description} at {request.RequestUri.Authority}: the connection attempt timed out.",
                exception
            )
            {
                IsTransient = true,
                IsNotProcessed = true,
                Target = request.Target,
            }
            : CreateClosedError(request);

    /// <summary>Creates the error of a request whose response timed out.</summary>
    private static LinkedInException FromTimeout(LinkedInRequest request, TimeSpan timeout) =>
        new(LinkedInErrorId.RequestTimedOut, $"Could not {request.Description}: no response within {timeout.TotalSeconds:0} s.")
        {
            IsTransient = true,
            Target = request.Target,
        };

    /// <summary>Creates the error of a truncated response.</summary>
    private static LinkedInException FromResponse(Exception exception, LinkedInRequest request) =>
        new(
            LinkedInErrorId.ConnectionFailed,
            $"Could not {request.Description}: the response was interrupted. {GetInnermostMessage(exception)}",
            exception
        )
        {
            IsTransient = true,
            Target = request.Target,
        };

    /// <summary>Creates the error of a request over a closed connection.</summary>
    private static LinkedInException CreateClosedError(LinkedInRequest request) =>
        new(LinkedInErrorId.NotConnected, $"Could not {request.Description}: the connection was closed.")
        {
            Target = request.Target,
        };

    /// <summary>Creates the error of a truncated download.</summary>
    internal static LinkedInException FromBody(Exception exception, string path, long bytes) =>
        new(
            LinkedInErrorId.DownloadIncomplete,
            $"The download of {Path.GetFileName(path)} was interrupted after {bytes} bytes. {GetInnermostMessage(exception)}",
            exception
        )
        {
            IsTransient = true,
            Target = path,
        };

    /// <summary>Gets the message of the innermost exception as a sentence.</summary>
    internal static SanitizedText GetInnermostMessage(Exception exception)
    {
        // The innermost exception has the specific reason, such as "Connection refused".
        Exception innermost = exception;
        while (innermost.InnerException is { } inner)
            innermost = inner;
        return SanitizedText.FromServer(innermost.Message.TrimEnd('.', '"', ' ') + ".");
    }

    /// <summary>Creates the error of a failure that affects all further requests.</summary>
    private static LinkedInException CreatePermanentError(
        LinkedInErrorId id,
        SanitizedText problem,
        Exception cause,
        Exception exception,
        LinkedInRequest request
    )
    {
        SanitizedText detail = $"{problem}. {GetInnermostMessage(cause)}";
        return new(id, $"Could not {request.Description}: {detail}", exception)
        {
            AffectsAllRequests = true,
            IsNotProcessed = true,
            Target = request.Target,
            Detail = detail,
        };
    }

    /// <summary>Creates the error of a request that was not sent because it would fail the same way.</summary>
    internal static LinkedInException CreateRepeatedError(LinkedInException failure, LinkedInRequest request) =>
        new(failure.Id, $"Could not {request.Description}: {failure.Detail}", failure.InnerException)
        {
            AffectsAllRequests = true,
            IsNotProcessed = true,
            Target = request.Target,
            Detail = failure.Detail,
        };

    /// <summary>Creates the error of a redirect to a private network.</summary>
    internal static LinkedInException CreateNotPublicError(LinkedInRequest request) =>
        new(
            LinkedInErrorId.AddressNotAllowed,
            $"Could not {request.Description}: a redirect leads to a host with a private address. Nothing was sent there."
        )
        {
            IsNotProcessed = true,
            Target = request.Target,
        };

    /// <summary>Gets the status of a proxy's response to CONNECT; null for other failures.</summary>
    private static int? GetProxyStatus(HttpRequestException exception)
    {
#if NET
        if (exception.HttpRequestError != HttpRequestError.ProxyTunnelError)
            return null;
        if (exception.StatusCode is { } known)
            return (int)known;

        // Only the message of the runtime, which is never localized, contains the status.
        int quote = exception.Message.LastIndexOf("'4", StringComparison.Ordinal);
        return
            quote >= 0
            && int.TryParse(
                exception.Message.AsSpan(quote + 1, Math.Min(3, exception.Message.Length - quote - 1)),
                out int status
            )
            ? status
            : null;
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
        if (
            exception.HttpRequestError
            is HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError
        )
        {
            return true;
        }
#endif
        return Find<SocketException>(exception)
            is {
                SocketErrorCode: SocketError.ConnectionRefused
                    or SocketError.HostNotFound
                    or SocketError.TryAgain
                    or SocketError.NoData
                    or SocketError.HostUnreachable
                    or SocketError.NetworkUnreachable,
            };
    }
}
