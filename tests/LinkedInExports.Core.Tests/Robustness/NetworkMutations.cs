using System.Net.Sockets;
using System.Security.Authentication;

namespace LinkedInExports.Core.Tests.Robustness;

internal enum NetworkFailure
{
    Refused,
    NoSuchHost,
    Reset,
    Ended,
    ProxyRefused,
    ProxyPassword,
    Certificate,
    Timeout,
}

/// <summary>The request fails without a response.</summary>
internal sealed record FailToConnect(NetworkFailure Trouble) : Mutation
{
    internal override void Apply(MutableResponse response, PlantedSecrets secrets) =>
        response.Failure = () =>
            Trouble switch
            {
                NetworkFailure.Refused => new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "Connection refused (api.linkedin.com:443)",
                    new SocketException((int)SocketError.ConnectionRefused)
                ),
                NetworkFailure.NoSuchHost => new HttpRequestException(
                    HttpRequestError.NameResolutionError,
                    "Name or service not known (api.linkedin.com:443)",
                    new SocketException((int)SocketError.HostNotFound)
                ),
                NetworkFailure.Reset => new HttpRequestException(
                    HttpRequestError.Unknown,
                    "An error occurred while sending the request.",
                    new IOException("Connection reset by peer.", new SocketException((int)SocketError.ConnectionReset))
                ),
                NetworkFailure.Ended => new HttpRequestException(
                    HttpRequestError.ResponseEnded,
                    "An error occurred while sending the request.",
                    new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.")
                ),
                NetworkFailure.ProxyRefused => new HttpRequestException(
                    HttpRequestError.ProxyTunnelError,
                    secrets.Fill(
                        "The proxy tunnel request to proxy 'http://svc-account:${proxy}@127.0.0.1:3128/' failed with status "
                            + "code '403'.\"."
                    )
                ),
                NetworkFailure.ProxyPassword => new HttpRequestException(
                    HttpRequestError.ProxyTunnelError,
                    secrets.Fill(
                        "The proxy tunnel request to proxy 'http://svc-account:${proxy}@127.0.0.1:3128/' failed with status "
                            + "code '407'.\"."
                    )
                ),
                NetworkFailure.Certificate => new HttpRequestException(
                    HttpRequestError.SecureConnectionError,
                    "The SSL connection could not be established, see inner exception.",
                    new AuthenticationException(
                        secrets.Fill(
                            "The remote certificate is invalid because of errors in the certificate chain: PartialChain ${token}"
                        )
                    )
                ),
                _ => new TaskCanceledException(
                    "A connection could not be established within the configured ConnectTimeout.",
                    new TimeoutException("ConnectTimeout")
                ),
            };
}
