using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using LinkedInExports.Core.Incidents;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Replay;

/// <summary>Replays an incident without a network, for tests in simulated time.</summary>
internal sealed class ReplayHandler(ReplaySession session, TimeProvider clock) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        ReplayedResponse replayed = session.GetResponse(request.Method.Method, request.RequestUri!, body);
        if (replayed.Delay > TimeSpan.Zero)
            await Task.Delay(replayed.Delay, clock, cancellationToken);
        if (replayed.Message is not { } response)
        {
            if (replayed.IsSilent)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            throw CreateFailure(replayed.Failure);
        }

        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new StreamContent(
                new InMemoryBody(response.Body.ToArray(), GetEnd(replayed), replayed.ContentLength)
                {
                    LastBlock = token => Task.Delay(replayed.BodyDelay, clock, token),
                }
            ),
        };
        foreach ((string name, string value) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        if (response.Chunked)
            message.Headers.TransferEncodingChunked = true;
        else
            message.Content.Headers.ContentLength = replayed.ContentLength; // Null for a body that ends with the connection.
        return message;
    }

    private static BodyEnd GetEnd(ReplayedResponse replayed) =>
        replayed.Failure is null ? BodyEnd.Complete
        : replayed.IsSilent ? BodyEnd.Silent
        : BodyEnd.Reset;

    private static Exception CreateFailure(string? failure) =>
        failure switch
        {
            IncidentFormat.Refused => new HttpRequestException(
                HttpRequestError.ConnectionError,
                "Connection refused",
                new SocketException((int)SocketError.ConnectionRefused)
            ),
            IncidentFormat.NameNotFound => new HttpRequestException(
                HttpRequestError.NameResolutionError,
                "Name or service not known",
                new SocketException((int)SocketError.HostNotFound)
            ),
            IncidentFormat.CertificateRejected => new HttpRequestException(
                HttpRequestError.SecureConnectionError,
                "The SSL connection could not be established",
                new AuthenticationException("The remote certificate is invalid")
            ),
            IncidentFormat.ConnectTimeout => new TaskCanceledException(
                "The connection timed out",
                new TimeoutException("ConnectTimeout")
            ),
            _ => new HttpRequestException(
                HttpRequestError.ResponseEnded,
                "An error occurred while sending the request",
                new IOException("Connection reset by peer")
            ),
        };
}
