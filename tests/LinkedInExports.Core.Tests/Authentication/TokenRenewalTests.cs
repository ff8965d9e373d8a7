using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Authentication;

/// <summary>The renewal of tokens while a command waits for hours.</summary>
[Collection(nameof(Alone))]
public sealed class TokenRenewalTests
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    private readonly SimulatedTimeProvider _time = new();
    private readonly RecordingOutput _recorder = new();
    private readonly List<DateTimeOffset> _tokens = [];
    private int _rejected;

    [Fact]
    public async Task Wait_ForTwoHours_RenewsExpiringTokensOnce()
    {
        DateTimeOffset end = _time.GetUtcNow().AddHours(2);
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = LinkedInOAuth.FromClientCredentials(
                    new OAuthClientCredentials("id", "secret"),
                    new OAuthOptions { Time = _time, HttpHandler = new FakeHttpHandler(CreateToken) }
                ),
                Time = _time,
                Random = new ConstantRandom(0.5),
                HttpHandler = new FakeHttpHandler(request => Answer(request, end)),
            }
        );
        var input = new InputBuffer<ExportJob>();
        input.Add(new CrmValidationExportJob { JobId = 1, CrmInstanceId = EmulatorFixture.Crm });
        input.CompleteAdding();
        ExportWaiter waiter = client.CreateWaiter(new WaitOptions());
        await _time.RunAsync(() => waiter.WaitAsync(input.ReadAllAsync(), _recorder, default).RecordAsync(_recorder));

        Assert.Single(_recorder.Outputs);
        Assert.Equal(0, _rejected);
        Assert.Equal(6, _tokens.Count); // At the start, and then every 24 minutes: 80 % of 30.
        Assert.All(
            _tokens.Zip(_tokens.Skip(1)),
            pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromMinutes(24), TimeSpan.FromMinutes(26))
        );
    }

    private HttpResponseMessage CreateToken(HttpRequestMessage request)
    {
        _tokens.Add(_time.GetUtcNow());
        return FakeHttpHandler.Json($$"""{"access_token":"token-{{_tokens.Count}}","expires_in":"{{Life.TotalSeconds}}"}""");
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, DateTimeOffset end)
    {
        if (request.Headers.Authorization!.Parameter != $"token-{_tokens.Count}" || _time.GetUtcNow() >= _tokens[^1] + Life)
        {
            _rejected++;
            return FakeHttpHandler.Json("""{"status":401,"serviceErrorCode":65600}""", HttpStatusCode.Unauthorized);
        }

        return FakeHttpHandler.Json($$"""{"status":"{{(_time.GetUtcNow() >= end ? "COMPLETED" : "PROCESSING")}}"}""");
    }
}
