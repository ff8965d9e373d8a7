using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace LinkedInExports.Core.Incidents;

/// <summary>Why there was no response, or why its body ended too early.</summary>
internal static class IncidentFailure
{
    internal static string Describe(Exception exception)
    {
        bool isCanceled = exception is OperationCanceledException;
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case TimeoutException when isCanceled:
                    return IncidentFormat.ConnectTimeout;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return IncidentFormat.Refused;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return IncidentFormat.NameNotFound;
                case AuthenticationException:
                    return IncidentFormat.CertificateRejected;
#if NET
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
#else
                case WebException { Status: WebExceptionStatus.ProxyNameResolutionFailure }:
#endif
                    return IncidentFormat.Proxy;
                default:
                    break;
            }
        }

        return isCanceled ? IncidentFormat.NoResponse : IncidentFormat.Reset;
    }
}
