using System.Net;
using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// A handler that responds immediately, for tests in fake time. Tests of the network use the emulator.
/// </summary>
internal sealed class FakeHttpHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    internal const string Token = "the-token";

    internal List<(DateTimeOffset At, string Line)> Requests { get; } = [];

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal LinkedInClient Connect(RetryOptions? retry = null) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource(Token),
                HttpHandler = this,
                Retry = retry ?? EmulatorFixture.FastRetry,
            }
        );

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Requests)
            Requests.Add((Time.GetUtcNow(), $"{request.Method} {request.RequestUri!.PathAndQuery}"));
        try
        {
            return Task.FromResult(answer(request));
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return Task.FromException<HttpResponseMessage>(exception);
        }
    }

    internal static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    internal static HttpResponseMessage TooManyRequests(TimeSpan retryAfter)
    {
        HttpResponseMessage response = Json("{}", HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter = new(retryAfter);
        return response;
    }
}
