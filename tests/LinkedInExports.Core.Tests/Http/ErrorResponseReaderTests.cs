using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Http;

/// <summary>How responses that differ from the documentation are handled and displayed.</summary>
public sealed class ErrorResponseReaderTests
{
    private const string Token = "AQXk3-canary-token-9Q7fE2dC5b";

    private readonly RecordingOutput _recorder = new();

    [Fact]
    public async Task RetryAfter_Date_IsRelativeToResponseDate()
    {
        LinkedInException failure = await FailAsync(_ =>
        {
            // The server's clock is years behind. It requests a delay of 90 seconds.
            HttpResponseMessage response = Answer(429, "{}");
            response.Headers.Date = new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
            response.Headers.RetryAfter = new RetryConditionHeaderValue(new DateTimeOffset(2001, 2, 3, 4, 6, 36, TimeSpan.Zero));
            return response;
        });
        Assert.Equal((LinkedInErrorId.RateLimitExceeded, TimeSpan.FromSeconds(90)), (failure.Id, failure.RetryAfter));
    }

    [Theory]
    [InlineData(426, """{"code":"NONEXISTENT_VERSION","message":"Requested version 202001 is not active"}""")]
    [InlineData(400, """{"code":"VERSION_MISSING","message":"A version must be present."}""")]
    [InlineData(426, "")]
    public async Task VersionError_AnyForm_HasVersionErrorId(int status, string body) =>
        Assert.Equal(LinkedInErrorId.ApiVersionRejected, (await FailAsync(_ => Answer(status, body))).Id);

    [Theory]
    [InlineData("""{"message":"Invalid token {0}","serviceErrorCode":"not a number"}""")]
    [InlineData("""{"message":{"text":"{0}"},"code":["{0}"]}""")]
    [InlineData("""{"message":"cut {0} \ud83d","code":"{0}"}""")]
    [InlineData("""{"error":"{0}","error_description":"{0}"}""")]
    [InlineData("<html>{0}</html>")]
    public async Task ErrorBody_RepeatingTheToken_IsShownWithoutIt(string body)
    {
        LinkedInException failure = await FailAsync(_ =>
        {
            HttpResponseMessage response = Answer(400, body.Replace("{0}", Token, StringComparison.Ordinal));
            response.ReasonPhrase = $"No {Token}";
            response.Headers.TryAddWithoutValidation("x-li-uuid", $"{Token}\u001b[2J");
            return response;
        });

        Assert.Equal(LinkedInErrorId.BadRequest, failure.Id);
        string shown = string.Join("\n", failure, failure.TraceId, failure.Code, _recorder.GetAllText());
        Assert.DoesNotContain(Token[..12], shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', shown);
    }

    [Fact]
    public async Task ErrorBody_InvalidUtf8_KeepsTheStatus()
    {
        LinkedInException failure = await FailAsync(_ => new HttpResponseMessage(HttpStatusCode.Forbidden)
        {
            Content = new ByteArrayContent([.. "{\"message\":\"M"u8, 0xFC, .. "ller\"}"u8]),
        });
        Assert.Equal(LinkedInErrorId.AccessDenied, failure.Id);
        Assert.Contains("M\uFFFDller", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JobStatus_RepeatingTheToken_IsShownWithoutIt()
    {
        using LinkedInClient client = Connect(_ => Answer(200, $$"""{"status":"PROCESSING {{Token}} \u001b[31m\u202e"}"""));
        CrmValidationExportJob job = await client.CrmValidation.GetAsync(
            1,
            EmulatorFixture.CrmInstance,
            _recorder,
            CancellationToken.None
        );
        Assert.Equal("PROCESSING *** ␛[31m\\u202E", job.Status);
    }

    [Fact]
    public async Task Contracts_NamesWithControlCharacters_AreEscaped()
    {
        using LinkedInClient client = Connect(_ =>
            Answer(
                200,
                """{"elements":[{"contract":"urn:li:contract:7001","name":"A\u001b]0;title\u0007","description":"\u009b2J"}]}"""
            )
        );
        await client.SalesContracts.ListAsync(reportingOnly: false, _recorder, CancellationToken.None).RecordAsync(_recorder);
        SalesContract contract = Assert.IsType<SalesContract>(Assert.Single(_recorder.Outputs));
        Assert.Equal(("A␛]0;title␇", "\\u009B2J"), (contract.Name, contract.Description));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
#if !DESKTOP_ENGINE
    [InlineData("br")] // .NET Framework has no decoder.
#endif
    public async Task Json_CompressedUnasked_IsRead(string coding)
    {
        using LinkedInClient client = Connect(_ => Compressed(coding, """{"status":"COMPLETED"}"""));
        Assert.Equal(
            "COMPLETED",
            (await client.CrmValidation.GetAsync(1, EmulatorFixture.CrmInstance, _recorder, CancellationToken.None)).Status
        );
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
#if !DESKTOP_ENGINE
    [InlineData("br")] // .NET Framework has no decoder.
#endif
    [InlineData("br, gzip")]
    public async Task Json_NotInTheCodingItNames_IsAnError(string coding)
    {
        LinkedInException failure = await FailAsync(_ =>
        {
            HttpResponseMessage response = Answer(200, """{"status":"COMPLETED"}""");
            response.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
            return response;
        });
        Assert.Equal(LinkedInErrorId.UnsupportedEncoding, failure.Id);
    }

    [Fact]
    public async Task Json_InUnknownCoding_IsNamed()
    {
        LinkedInException failure = await FailAsync(_ => Compressed("zstd", "{}"));
        Assert.Equal(LinkedInErrorId.UnsupportedEncoding, failure.Id);
        Assert.Contains("'zstd'", failure.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Compressed(string coding, string json)
    {
        using var bytes = new MemoryStream();
        using (
            Stream encoder = coding switch
            {
                "gzip" => new System.IO.Compression.GZipStream(
                    bytes,
                    System.IO.Compression.CompressionMode.Compress,
                    leaveOpen: true
                ),
                "deflate" => new System.IO.Compression.ZLibStream(
                    bytes,
                    System.IO.Compression.CompressionMode.Compress,
                    leaveOpen: true
                ),
                _ => new System.IO.Compression.BrotliStream(
                    bytes,
                    System.IO.Compression.CompressionMode.Compress,
                    leaveOpen: true
                ),
            }
        )
        {
            encoder.Write(Encoding.UTF8.GetBytes(json));
        }

        var response = new HttpResponseMessage { Content = new ByteArrayContent(bytes.ToArray()) };
        response.Content.Headers.ContentEncoding.Add(coding);
        return response;
    }

    private async Task<LinkedInException> FailAsync(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        using LinkedInClient client = Connect(answer);
        return await Assert.ThrowsAsync<LinkedInException>(() =>
            client.CrmValidation.GetAsync(1, EmulatorFixture.CrmInstance, _recorder, CancellationToken.None)
        );
    }

    private static LinkedInClient Connect(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource(Token),
                Retry = new RetryOptions { MaxRetries = 0 },
                HttpHandler = new FakeHttpHandler(answer),
            }
        );

    private static HttpResponseMessage Answer(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body) };
}
