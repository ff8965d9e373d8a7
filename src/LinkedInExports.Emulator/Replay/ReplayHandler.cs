using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using LinkedInExports.Emulator.Files;
using LinkedInExports.Emulator.Http;

namespace LinkedInExports.Emulator.Replay;

/// <summary>Replays an incident without a network, for tests in simulated time.</summary>
internal sealed class ReplayHandler(ReplaySession session, TimeProvider clock) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        ReplayedAnswer answer = session.Answer(request.Method.Method, request.RequestUri!, body);
        if (answer.Delay > TimeSpan.Zero)
            await Task.Delay(answer.Delay, clock, cancellationToken);
        if (answer.Response is not { } response)
        {
            if (answer.Failure == ReplayedAnswer.NoResponse)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            throw CreateFailure(answer.Failure);
        }

        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new StreamContent(new InMemoryBody(response.Body.ToArray(), GetEnd(answer), answer.ContentLength)),
        };
        foreach ((string name, string value) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        if (response.Chunked)
            message.Headers.TransferEncodingChunked = true;
        else
            message.Content.Headers.ContentLength = answer.ContentLength;
        return message;
    }

    private static BodyEnd GetEnd(ReplayedAnswer answer) =>
        answer.Failure switch
        {
            null => BodyEnd.Complete,
            ReplayedAnswer.NoResponse => BodyEnd.Silent,
            _ => BodyEnd.Reset,
        };

    private static Exception CreateFailure(string? failure) =>
        failure switch
        {
            "refused" => new HttpRequestException(
                HttpRequestError.ConnectionError,
                "Connection refused",
                new SocketException((int)SocketError.ConnectionRefused)
            ),
            "nameNotFound" => new HttpRequestException(
                HttpRequestError.NameResolutionError,
                "Name or service not known",
                new SocketException((int)SocketError.HostNotFound)
            ),
            "certificateRejected" => new HttpRequestException(
                HttpRequestError.SecureConnectionError,
                "The SSL connection could not be established",
                new AuthenticationException("The remote certificate is invalid")
            ),
            "connectTimeout" => new TaskCanceledException("The connection timed out", new TimeoutException("ConnectTimeout")),
            _ => new HttpRequestException(
                HttpRequestError.ResponseEnded,
                "An error occurred while sending the request",
                new IOException("Connection reset by peer")
            ),
        };
}
