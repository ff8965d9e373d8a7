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
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.ExpiredLink() with { PathPrefix = "/ambry/" });
        Assert.Single(await bench.UploadAsync([bench.Write("a.txt")]));
        Assert.Equal([401, 201], bench.Uploads.Select(request => request.StatusCode));
        Assert.Equal(2, bench.Uploads.Select(request => request.RawTarget).Distinct().Count());
        Assert.Empty(bench.Recorder.Errors);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task UploadAsync_NewLinkRejected_ReportsError(int status)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await bench.UploadAsync([bench.Write("a.txt")]));
        Assert.Equal(
            (LinkedInErrorId.UploadRejected, status),
            (Assert.Single(bench.Recorder.Errors).Id, bench.Recorder.Errors[0].StatusCode)
        );
        Assert.Equal((2, 2), (bench.Links.Length, bench.Uploads.Length));
    }

    [Fact]
    public async Task UploadAsync_TokenExpired_RenewsForNewLink()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        using var network = new TamperingHandler(
            (request, _) =>
            {
                // Between the link and the upload.
                if (request.RequestUri!.AbsolutePath == "/ambry/" && bench.Uploads.Length == 0)
                    bench.Emulator.RevokeTokens();
                return null;
            }
        );
        using var tokens = new Renewing(bench.Emulator);
        Assert.Single(await bench.UploadAsync([bench.Write("a.txt")], bench.Connect(network: network, token: tokens)));
        Assert.Equal(
            [201, 401, 401, 201, 201],
            bench
                .Emulator.Requests.Where(request => !request.RawTarget.StartsWith("/oauth", StringComparison.Ordinal))
                .Select(request => request.StatusCode)
        );
        Assert.Empty(bench.Recorder.Errors);
        Assert.Equal(1, bench.Emulator.BlobCount);
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
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(fault with { PathPrefix = path, Times = 2 });
        Assert.Single(await bench.UploadAsync([bench.Write("a.txt")]));
        Assert.Empty(bench.Recorder.Errors);
        Assert.Equal(3, bench.RequestsTo(path).Length);

        // A lost response leaves an unused file at LinkedIn. No file is uploaded twice to one link.
        Assert.Equal(path == "/ambry/" && fault.Kind == FaultKind.ResetAfterEffect ? 3 : 1, bench.Emulator.BlobCount);
        bool isRepeated = path == "/ambry/" && fault.StatusCode == 429 && fault.Kind == FaultKind.Status;
        Assert.Equal(
            path != "/ambry/" || isRepeated ? 1 : 3,
            bench.Uploads.Select(request => request.RawTarget).Distinct().Count()
        );
    }

    [Theory]
    [InlineData(500, "/v2/hireMediaUrl")]
    [InlineData(500, "/ambry/")]
    [InlineData(429, "/v2/hireMediaUrl")]
    [InlineData(429, "/ambry/")]
    public async Task UploadAsync_PermanentServerError_FailsAfterFiveAttempts(int status, string path)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = path, Times = int.MaxValue });
        Assert.Empty(await bench.UploadAsync([bench.Write("a.txt")]));
        Assert.Equal(status, Assert.Single(bench.Recorder.Errors).StatusCode);
        Assert.Equal(5, bench.RequestsTo(path).Length);
    }

    [Fact]
    public async Task UploadAsync_RetryAfter_IsUsed()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(503, retryAfter: TimeSpan.FromSeconds(1)) with { PathPrefix = "/ambry/" });
        await bench.UploadAsync([bench.Write("a.txt")]);
        Assert.Contains(
            bench.Recorder.VerboseLines,
            line => line.EndsWith($"Trying with a new link in {0.02:0.0} s.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task UploadAsync_ConnectionBreaks_IsRetried()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string path = bench.Folder.File("large.txt");
        await File.WriteAllBytesAsync(path, Enumerable.Repeat((byte)'x', 5_000_000).ToArray());
        int breaks = 2;
        using var network = new BreakingNetwork(() => Interlocked.Decrement(ref breaks) >= 0);
        UploadedResume uploaded = Assert.Single(await bench.UploadAsync([path], bench.Connect(network: network)));
        Assert.Empty(bench.Recorder.Errors);
        EmulatedBlob blob = Assert.Single(bench.Emulator.Blobs);
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
