namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>The real network with somebody in between who answers some requests himself.</summary>
/// <param name="answer">Given a request and its body as text: an answer, or null to let it pass.</param>
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
    /// <summary>Runs before each request leaves.</summary>
    internal Action<HttpRequestMessage> BeforeSending { get; init; } = _ => { };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        BeforeSending(request);
        string body = "";
        if (request.Content is not null && request.RequestUri!.AbsolutePath != "/ambry/")
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
            body = await request.Content.ReadAsStringAsync(cancellationToken);
        }

        return answer(request, body) ?? await base.SendAsync(request, cancellationToken);
    }
}
