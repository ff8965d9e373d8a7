using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>Uploads that are repeated, with a new link.</summary>
public sealed class UploadRetryTests
{
    [Fact]
    public async Task UploadAsync_LinkExpired_IsReplacedOnce()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.ExpiredLink() with { PathPrefix = "/ambry/" });
        Assert.Single(await fixture.UploadAsync([fixture.Write("a.txt")]));
        Assert.Equal([401, 201], fixture.Uploads.Select(request => request.StatusCode));
        Assert.Equal(2, fixture.Uploads.Select(request => request.RawTarget).Distinct().Count());
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task UploadAsync_NewLinkRejected_ReportsError(int status)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await fixture.UploadAsync([fixture.Write("a.txt")]));
        Assert.Equal(
            (LinkedInErrorId.UploadRejected, status),
            (Assert.Single(fixture.Recorder.Errors).Id, fixture.Recorder.Errors[0].StatusCode)
        );
        Assert.Equal((2, 2), (fixture.Links.Length, fixture.Uploads.Length));
    }

    [Fact]
    public async Task UploadAsync_TokenExpired_RenewsForNewLink()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, _) =>
            {
                // Between the link and the upload.
                if (request.RequestUri!.AbsolutePath == "/ambry/" && fixture.Uploads.Length == 0)
                    fixture.Emulator.RevokeTokens();
                return null;
            }
        );
        using var tokens = new Renewing(fixture.Emulator);
        Assert.Single(await fixture.UploadAsync([fixture.Write("a.txt")], fixture.Connect(network: network, token: tokens)));
        Assert.Equal(
            [201, 401, 401, 201, 201],
            fixture
                .Emulator.Requests.Where(request => !request.RawTarget.StartsWith("/oauth", StringComparison.Ordinal))
                .Select(request => request.StatusCode)
        );
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal(1, fixture.Emulator.BlobCount);
    }

    public static TheoryData<string, Fault> TransientFaults
    {
        get
        {
            var data = new TheoryData<string, Fault>();
            foreach (string path in new[] { "/v2/hireMediaUrl", "/ambry/" })
            {
                foreach (
                    Fault fault in new[]
                    {
                        Fault.Status(500),
                        Fault.Status(502, FaultBody.Html),
                        Fault.Status(503, FaultBody.Empty, TimeSpan.Zero),
                        Fault.Status(504),
                        Fault.Status(429),
                        Fault.ResetBeforeEffect(),
                        Fault.ResetAfterEffect(),
                    }
                )
                {
                    data.Add(path, fault);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(TransientFaults))]
    public async Task UploadAsync_TransientFailure_RetriesWithNewLink(string path, Fault fault)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(fault with { PathPrefix = path, Times = 2 });
        Assert.Single(await fixture.UploadAsync([fixture.Write("a.txt")]));
        Assert.Empty(fixture.Recorder.Errors);
        Assert.Equal(3, fixture.RequestsTo(path).Length);

        // A lost response leaves an unused file at LinkedIn. No file is uploaded twice to one link.
        Assert.Equal(path == "/ambry/" && fault.Kind == FaultKind.ResetAfterEffect ? 3 : 1, fixture.Emulator.BlobCount);
        bool isRepeated = path == "/ambry/" && fault.StatusCode == 429 && fault.Kind == FaultKind.Status;
        Assert.Equal(
            path != "/ambry/" || isRepeated ? 1 : 3,
            fixture.Uploads.Select(request => request.RawTarget).Distinct().Count()
        );
    }

    [Theory]
    [InlineData(500, "/v2/hireMediaUrl")]
    [InlineData(500, "/ambry/")]
    [InlineData(429, "/v2/hireMediaUrl")]
    [InlineData(429, "/ambry/")]
    public async Task UploadAsync_PermanentServerError_FailsAfterFiveAttempts(int status, string path)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = path, Times = int.MaxValue });
        Assert.Empty(await fixture.UploadAsync([fixture.Write("a.txt")]));
        Assert.Equal(status, Assert.Single(fixture.Recorder.Errors).StatusCode);
        Assert.Equal(5, fixture.RequestsTo(path).Length);
    }

    [Fact]
    public async Task UploadAsync_RetryAfter_IsUsed()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        fixture.Emulator.Faults.Add(Fault.Status(503, retryAfter: TimeSpan.FromSeconds(1)) with { PathPrefix = "/ambry/" });
        await fixture.UploadAsync([fixture.Write("a.txt")]);
        Assert.Contains(
            fixture.Recorder.VerboseLines,
            line => line.EndsWith($"Trying with a new link in {0.02:0.0} s.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task UploadAsync_ConnectionBreaks_IsRetried()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string path = fixture.Folder.File("large.txt");
        await File.WriteAllBytesAsync(path, Enumerable.Repeat((byte)'x', 5_000_000).ToArray());
        int breaks = 2;
        using var network = new BreakingNetwork(() => Interlocked.Decrement(ref breaks) >= 0);
        UploadedResume uploaded = Assert.Single(await fixture.UploadAsync([path], fixture.Connect(network: network)));
        Assert.Empty(fixture.Recorder.Errors);
        EmulatedBlob blob = Assert.Single(fixture.Emulator.Blobs);
        Assert.Equal((5_000_000, uploaded.Sha256), (blob.Length, blob.Sha256));
    }

    /// <summary>Requests the current token from the emulator.</summary>
    private sealed class Renewing(LinkedInEmulator emulator) : IAccessTokenSource, IDisposable
    {
        private readonly HttpClient _http = new();
        private AccessToken _token = new(emulator.AccessToken, default, null);

        public Task<AccessToken> GetTokenAsync(IDiagnostics output, CancellationToken cancellationToken) =>
            Task.FromResult(_token);

        public async Task<bool> RenewAsync(AccessToken refused, IDiagnostics output, CancellationToken cancellationToken)
        {
            using var form = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = emulator.ClientId,
                    ["client_secret"] = emulator.ClientSecret,
                }
            );
            using HttpResponseMessage response = await _http.PostAsync(emulator.TokenUri, form, cancellationToken);
            response.EnsureSuccessStatusCode();
            _token = new AccessToken(emulator.IssuedTokens[^1], default, null);
            return true;
        }

        public void Dispose() => _http.Dispose();
    }

    /// <summary>A network that fails after a megabyte of a body.</summary>
    private sealed class BreakingNetwork(Func<bool> breaks)
        : DelegatingHandler(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
            }
        )
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            if (request.RequestUri!.AbsolutePath != "/ambry/" || !breaks())
                return await base.SendAsync(request, cancellationToken);
            await request.Content!.CopyToAsync(new Fuse(1_000_000), cancellationToken);
            throw new InvalidOperationException("It should have broken.");
        }

        private sealed class Fuse(int bytes) : MemoryStream
        {
            public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
                Length + count > bytes
                    ? throw new HttpRequestException(
                        "An error occurred while sending the request.",
                        new IOException("Broken pipe")
                    )
                    : base.WriteAsync(buffer, offset, count, cancellationToken);
        }
    }
}
