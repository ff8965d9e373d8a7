namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>The real network, with replaced responses to some requests.</summary>
/// <param name="answer">Returns the response to a request and its body, or null to send it.</param>
internal sealed class TamperingHandler(Func<HttpRequestMessage, string, HttpResponseMessage?> answer)
    : DelegatingHandler(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        }
    )
{
    /// <summary>Runs before each request is sent.</summary>
    internal Action<HttpRequestMessage> BeforeSending { get; init; } = _ => { };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        BeforeSending(request);
        string body = "";
        if (request.Content is not null && request.RequestUri!.AbsolutePath != "/ambry/")
        {
            body = await request.Content.ReadAsStringAsync(cancellationToken);
        }

        return answer(request, body) ?? await base.SendAsync(request, cancellationToken);
    }
}
