using System.Net;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>An upload over a slow connection completes, and one that stalls times out.</summary>
[Collection(nameof(Alone))]
public sealed class UploadTimeTests : IDisposable
{
    private readonly SimulatedTimeProvider _time = new();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10, 99, true)]
    [InlineData(10, 101, false)] // 100 s for any answer
    [InlineData(3_276_800, 199, true)]
    [InlineData(3_276_800, 201, false)] // and a second more for each 32 KB
    public async Task UploadAsync_LargeFile_HasTimeoutInProportionToLength(int length, int seconds, bool arrives)
    {
        var recorder = new RecordingOutput();
        await _time.RunAsync(async () =>
        {
            using var network = new SlowNetwork(_time, TimeSpan.FromSeconds(seconds));
            using var client = new LinkedInClient(
                new LinkedInClientOptions
                {
                    AccessToken = new StaticTokenSource("token"),
                    HttpHandler = network,
                    Time = _time,
                    Retry = new RetryOptions { MaxRetries = 0 },
                }
            );
            ResumeUploader uploader = client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse("1"), null, 1);
            var input = new InputBuffer<string>();
            input.Add(_folder.Write("a.txt", new string('x', length)));
            input.CompleteAdding();
            await uploader.UploadAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);
        });
        Assert.Equal(arrives ? 1 : 0, recorder.Outputs.Length);
        Assert.Equal(arrives ? [] : [LinkedInErrorId.RequestTimedOut], recorder.Errors.Select(error => error.Id));
    }

    private sealed class SlowNetwork(SimulatedTimeProvider time, TimeSpan delay) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = new HttpResponseMessage(HttpStatusCode.Created);
            response.Headers.TryAddWithoutValidation("x-linkedin-id", "https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ");
            response.Headers.TryAddWithoutValidation("Location", "/AAY.txt");
            if (request.RequestUri!.AbsolutePath == "/ambry/")
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            return response;
        }
    }
}
