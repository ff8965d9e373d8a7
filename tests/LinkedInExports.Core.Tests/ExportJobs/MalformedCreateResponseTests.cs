using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.ExportJobs;

/// <summary>Responses to a create request that LinkedIn does not document.</summary>
public sealed class MalformedCreateResponseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingOutput _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_IdInHeaderAndBodyStalls_ReturnsJob()
    {
        using LinkedInClient client = Connect(_ =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Created) { Content = new StreamContent(new SilentStream()) };
            response.Headers.Add("X-RestLi-Id", "148");
            return response;
        });
        Assert.Equal(
            148,
            (
                await client.CrmValidation.CreateAsync(
                    EmulatorFixture.CrmInstance,
                    EmulatorFixture.Start,
                    _recorder,
                    CancellationToken.None
                )
            ).JobId
        );
    }

    [Fact]
    public async Task Create_Redirected_IsNotFollowed()
    {
        int requests = 0;
        using LinkedInClient client = Connect(_ =>
        {
            requests++;
            var response = new HttpResponseMessage(HttpStatusCode.TemporaryRedirect);
            response.Headers.Location = new Uri("https://api.linkedin.com/v2/elsewhere");
            return response;
        });
        await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.CreateAsync(
                EmulatorFixture.CrmInstance,
                EmulatorFixture.Start,
                _recorder,
                CancellationToken.None
            )
        );
        Assert.Equal(1, requests);
    }

    [Fact]
    public async Task Create_Status408_ThrowsCreateOutcomeUnknown()
    {
        int requests = 0;
        using LinkedInClient client = Connect(_ =>
        {
            requests++;
            return FakeHttpHandler.Json("{}", HttpStatusCode.RequestTimeout);
        });
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.CreateAsync(
                EmulatorFixture.CrmInstance,
                EmulatorFixture.Start,
                _recorder,
                CancellationToken.None
            )
        );
        Assert.Equal((LinkedInErrorId.CreateOutcomeUnknown, 1), (error.Id, requests));
    }

    [Fact]
    public async Task Create_ServerRepeatsToken_MessageHasNoToken()
    {
        using LinkedInClient client = Connect(_ =>
            FakeHttpHandler.Json(
                """{"message":"Token the-token is not valid","code":"BAD the-token"}""",
                HttpStatusCode.Forbidden
            )
        );
        LinkedInException error = await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.GetAsync(1, EmulatorFixture.CrmInstance, _recorder, CancellationToken.None)
        );
        Assert.DoesNotContain("the-token", error.ToString() + error.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_RetryAfterTooLong_IsBounded()
    {
        var time = new FakeTimeProvider();
        int requests = 0;
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("the-token"),
                Time = time,
                HttpHandler = new FakeHttpHandler(_ =>
                {
                    HttpResponseMessage response = FakeHttpHandler.Json(
                        """{"status":"PROCESSING"}""",
                        ++requests == 1 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK
                    );
                    response.Headers.Add("Retry-After", "86400");
                    return response;
                }),
            }
        );
        DateTimeOffset start = time.GetUtcNow();
        await time.RunAsync(client.CrmValidation.GetAsync(1, EmulatorFixture.CrmInstance, _recorder, CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(5), time.GetUtcNow() - start);
        Assert.Single(_recorder.Warnings);
    }

    private static LinkedInClient Connect(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new FakeHttpHandler(answer).Connect(EmulatorFixture.ShortResponseTimeout);
}
