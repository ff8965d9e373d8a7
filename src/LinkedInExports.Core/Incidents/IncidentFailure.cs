using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace LinkedInExports.Core.Incidents;

/// <summary>Why there was no response, or why its body ended too early.</summary>
internal static class IncidentFailure
{
    internal const string Refused = "refused";
    internal const string NameNotFound = "nameNotFound";
    internal const string CertificateRejected = "certificateRejected";
    internal const string ConnectTimeout = "connectTimeout";
    internal const string Proxy = "proxy";

    /// <summary>The request was canceled while nothing was received: by a timeout, or by the user.</summary>
    internal const string NoResponse = "noResponse";

    internal const string Reset = "reset";

    /// <summary>The exchange could not be recorded.</summary>
    internal const string NotRecorded = "notRecorded";

    internal static string Describe(Exception exception)
    {
        bool isCanceled = exception is OperationCanceledException;
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case TimeoutException when isCanceled:
                    return ConnectTimeout;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return Refused;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return NameNotFound;
                case AuthenticationException:
                    return CertificateRejected;
#if NET
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
#else
                case WebException { Status: WebExceptionStatus.ProxyNameResolutionFailure }:
#endif
                    return Proxy;
                default:
                    break;
            }
        }

        return isCanceled ? NoResponse : Reset;
    }
}
