using System.Net;
using System.Security.Authentication;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Failures that affect all files of a run are reported once, and not for each file.</summary>
[Collection(nameof(Alone))]
public sealed class PermanentDownloadFailureTests : IDisposable
{
    private readonly ExportSaverFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, proxies have other failures.
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveAsync_ProxyThatRejectsTheCredential_GetsItOnceFor100Files(bool hasLinks)
    {
        await using RefusingProxy proxy = RefusingProxy.Start(407);
        using var client = new LinkedInClient(
            new LinkedInClientOptions
            {
                AccessToken = new StaticTokenSource("token"),
                Proxy = new ProxyOptions
                {
                    Address = proxy.Uri,
                    Credential = new NetworkCredential("svc-account", "canary-password"),
                },
            }
        );
        using var folder = new TempFolder();
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = folder.File("out"), ThrottleLimit = 16 });
        var input = new InputBuffer<ExportJob>();
        for (int id = 1; id <= 100; id++)
            input.Add(ExportSaverFixture.Activity(id, 1, hasLinks ? [$"AQ{id}"] : []));
        input.CompleteAdding();
        var recorder = new RecordingOutput();
        await saver.SaveAsync(input.ReadAllAsync(), recorder, CancellationToken.None).RecordAsync(recorder);

        Assert.InRange(proxy.Credentials.Count, 1, 2);
        Assert.Equal(100, recorder.Errors.Length);
        Assert.All(recorder.Errors, error => Assert.Equal(LinkedInErrorId.ProxyAuthenticationFailed, error.Id));
        Assert.Equal(100, recorder.Errors.Select(error => error.Target).Distinct().Count());
        Assert.DoesNotContain("canary-password", recorder.GetAllText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task SaveAsync_UntrustedCertificate_IsAttemptedOnce(int throttle)
    {
        _fixture.File = _ =>
            throw new HttpRequestException(
                "The SSL connection could not be established",
                new AuthenticationException("PartialChain")
            );
        await _fixture.SaveAsync(
            new SaveOptions { ThrottleLimit = throttle },
            [.. Enumerable.Range(1, 50).Select(id => ExportSaverFixture.Activity(id, 1, $"AQ{id}"))]
        );
        Assert.Single(_fixture.Downloads);
        Assert.Equal(50, _fixture.Recorder.Errors.Length);
        Assert.All(_fixture.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.CertificateRejected, error.Id));
        Assert.Equal(
            49,
            _fixture.Recorder.Errors.Count(error => error.Message.Contains("not attempted", StringComparison.Ordinal))
        );
        Assert.Equal(TimeSpan.Zero, _fixture.Time.Elapsed);
    }

    [Fact]
    public async Task SaveAsync_OnlyFirstFileFails_DoesNotEndRun()
    {
        _fixture.File = signature =>
            signature == "AQ1"
                ? new HttpResponseMessage(HttpStatusCode.BadRequest)
                : ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        await _fixture.SaveAsync([.. Enumerable.Range(1, 10).Select(id => ExportSaverFixture.Activity(id, 1, $"AQ{id}"))]);
        Assert.Equal(LinkedInErrorId.BadRequest, Assert.Single(_fixture.Recorder.Errors).Id);
        Assert.Equal(9, _fixture.Files.Length);
    }

    [Fact]
    public async Task SaveAsync_FirstFileThatIsSlow_DoesNotDelayOthers()
    {
        _fixture.File = signature =>
            signature == "AQ1"
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "300" } } }
                : ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        var saved = new List<TimeSpan>();
        await _fixture.SaveAsync(
            new SaveOptions { ThrottleLimit = 4 },
            (stream, _) =>
            {
                if (stream == "Output")
                    saved.Add(_fixture.Time.Elapsed);
            },
            [.. Enumerable.Range(1, 10).Select(id => ExportSaverFixture.Activity(id, 1, $"AQ{id}"))]
        );
        Assert.Equal(9, saved.Count);
        Assert.All(saved, at => Assert.InRange(at, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        Assert.Equal(LinkedInErrorId.ServerError, Assert.Single(_fixture.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_UnexpectedException_IsTheErrorOfItsFileOnly()
    {
        _fixture.File = signature =>
            signature == "AQ2"
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream()) }
                : ExportSaverFixture.Csv(ExportSaverFixture.Row(1));
        await _fixture.SaveAsync(
            ExportSaverFixture.Activity(1, 1, "AQ1"),
            ExportSaverFixture.Activity(2, 1, "AQ2"),
            ExportSaverFixture.Activity(3, 1, "AQ3")
        );
        LinkedInException error = Assert.Single(_fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.InternalError, error.Id);
        Assert.Contains("save activity-2.csv", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("activity-2.csv", error.Target, StringComparison.Ordinal);
        Assert.Equal([1, 3], _fixture.SavedJobs);
    }

    /// <summary>Throws an unexpected exception.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidCastException("a defect");

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new InvalidCastException("a defect");
    }
}
