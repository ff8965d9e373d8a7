using System.Globalization;
using System.Net;
using System.Text;
using LinkedInExports.Core.Authentication;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Resumes.Uploads;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Uploads;

/// <summary>Files on their way, and what goes wrong there.</summary>
public sealed class ResumeUploaderTests
{
    [Fact]
    public async Task Upload_LargeFile_SendsAllBytesAndEmitsResult()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        var bytes = new byte[ResumeDocument.MaxLength];
        new Random(3).NextBytes(bytes);
        "%PDF-1.7"u8.CopyTo(bytes);
        string path = bench.Folder.File("large.pdf");
        await File.WriteAllBytesAsync(path, bytes);
        UploadedResume uploaded = Assert.Single(await UploadAsync(bench, [path]));

        EmulatedBlob blob = Assert.Single(bench.Emulator.Blobs);
        Assert.Equal(
            (blob.Urn, blob.Sha256, 10 * 1024 * 1024, "application/pdf", path),
            (uploaded.ResumeFile, uploaded.Sha256, (int)uploaded.Length, uploaded.ContentType, uploaded.Path)
        );
        Assert.Equal(bytes, blob.Bytes);
        Assert.Equal("10485760", Assert.Single(bench.Uploads).Header("Content-Length"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task Upload_SomeFilesMissing_ReportsThemAndUploadsOthers(int throttle)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string[] paths =
        [
            .. Enumerable
                .Range(1, 40)
                .Select(number => number % 10 == 0 ? bench.Folder.File($"{number}.txt") : bench.Write($"{number}.txt")),
        ];
        UploadedResume[] uploaded = await UploadAsync(bench, paths, throttle: throttle);
        Assert.Equal(36, uploaded.Length);
        Assert.Equal(36, uploaded.Select(one => one.ResumeFile).Distinct().Count());
        Assert.Equal(
            paths.Where((_, index) => (index + 1) % 10 == 0).Order(),
            bench.Recorder.Errors.Select(error => error.Target).Order()
        );
        Assert.Equal(36, bench.Links.Length);
    }

    [Fact]
    public async Task Upload_LinkExpired_IsReplacedOnce()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.ExpiredLink() with { PathPrefix = "/ambry/" });
        Assert.Single(await UploadAsync(bench, [bench.Write("a.txt")]));
        Assert.Equal([401, 201], bench.Uploads.Select(request => request.StatusCode));
        Assert.Equal(2, bench.Uploads.Select(request => request.RawTarget).Distinct().Count());
        Assert.Empty(bench.Recorder.Errors);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Upload_NewLinkRejected_ReportsError(int status)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await UploadAsync(bench, [bench.Write("a.txt")]));
        Assert.Equal(
            (LinkedInErrorId.UploadRejected, status),
            (Assert.Single(bench.Recorder.Errors).Id, bench.Recorder.Errors[0].StatusCode)
        );
        Assert.Equal((2, 2), (bench.Links.Length, bench.Uploads.Length));
    }

    [Fact]
    public async Task Upload_TokenExpired_RenewsForNewLink()
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
        Assert.Single(await UploadAsync(bench, [bench.Write("a.txt")], bench.Connect(network: network, token: tokens)));
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
    public async Task Upload_TransientFailure_RetriesWithNewLink(string path, Fault fault)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(fault with { PathPrefix = path, Times = 2 });
        Assert.Single(await UploadAsync(bench, [bench.Write("a.txt")]));
        Assert.Empty(bench.Recorder.Errors);
        Assert.Equal(3, bench.RequestsTo(path).Length);

        // An answer that was lost leaves a file that nobody knows of; no file is uploaded twice to one link.
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
    public async Task Upload_PermanentServerError_FailsAfterFiveAttempts(int status, string path)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(status) with { PathPrefix = path, Times = int.MaxValue });
        Assert.Empty(await UploadAsync(bench, [bench.Write("a.txt")]));
        Assert.Equal(status, Assert.Single(bench.Recorder.Errors).StatusCode);
        Assert.Equal(5, bench.RequestsTo(path).Length);
    }

    [Fact]
    public async Task Upload_RetryAfter_IsUsed()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(503, retryAfter: TimeSpan.FromSeconds(1)) with { PathPrefix = "/ambry/" });
        await UploadAsync(bench, [bench.Write("a.txt")]);
        Assert.Contains(
            bench.Recorder.VerboseLines,
            line => line.EndsWith($"Trying with a fresh link in {0.02:0.0} s.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Upload_ConnectionBreaks_IsRetried()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string path = bench.Folder.File("large.txt");
        await File.WriteAllBytesAsync(path, Enumerable.Repeat((byte)'x', 5_000_000).ToArray());
        int breaks = 2;
        using var network = new BreakingNetwork(() => Interlocked.Decrement(ref breaks) >= 0);
        UploadedResume uploaded = Assert.Single(await UploadAsync(bench, [path], bench.Connect(network: network)));
        Assert.Empty(bench.Recorder.Errors);
        EmulatedBlob blob = Assert.Single(bench.Emulator.Blobs);
        Assert.Equal((5_000_000, uploaded.Sha256), (blob.Length, blob.Sha256));
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("shorter")]
    public async Task Upload_FileModifiedWhileSent_Fails(string how)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string path = bench.Folder.File("large.txt");
        await File.WriteAllBytesAsync(path, Enumerable.Repeat((byte)'x', 3_000_000).ToArray());
        using var network = new TamperingHandler((request, _) => null)
        {
            BeforeSending = request =>
            {
                if (request.RequestUri!.AbsolutePath != "/ambry/")
                    return;

                // Windows would not let anybody.
                using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                if (how == "shorter")
                {
                    file.SetLength(2_000_000);
                }
                else
                {
                    file.Position = 2_999_999;
                    file.WriteByte((byte)'y');
                }
            },
        };
        if (OperatingSystem.IsWindows())
            return;
        Assert.Empty(await UploadAsync(bench, [path], bench.Connect(network: network)));
        LinkedInException error = Assert.Single(bench.Recorder.Errors);
        Assert.Equal((LinkedInErrorId.FileReadFailed, path), (error.Id, error.Target));
        Assert.Contains("was changed while it was being sent", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, bench.Emulator.BlobCount);
        Assert.Single(bench.Links);
    }

    [Theory]
    [InlineData("Jane Doe & Söhne, 100%.pdf")]
    [InlineData("résumé+final (2).pdf")]
    [InlineData("履歴書.pdf")]
    [InlineData("👩‍💻=?#;.pdf")]
    [InlineData("x-ambry-filename=other.pdf")]
    [InlineData("'quoted'.pdf")]
    public async Task Upload_AnyFileName_IsPreserved(string name)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        Assert.Single(await UploadAsync(bench, [bench.Write(name)]));
        Assert.Equal(name, Assert.Single(bench.Emulator.Blobs).FileName);
    }

    [Theory]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQ%2b%7E%41'(x)!*,;:@/?&b=%20", "&")]
    [InlineData("https://www.linkedin.com/ambry/AQpath%2F..%2F%41", "?")]
    public async Task Upload_LinkWithEscapes_IsSentVerbatim(string link, string separator)
    {
        string? sent = null;
        using var network = new FakeHttpHandler(request =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.Created);
            response.Headers.TryAddWithoutValidation("x-linkedin-id", link);
            response.Headers.TryAddWithoutValidation("Location", "/AAY.txt");
            sent = request.RequestUri!.GetLeftPart(UriPartial.Authority) + request.RequestUri.PathAndQuery;
            return response;
        });
        using var client = new LinkedInClient(
            new LinkedInClientOptions { AccessToken = new StaticTokenSource("t"), HttpHandler = network }
        );
        using var folder = new TempFolder();
        var uploader = client.CandidateResumes.CreateUploader(RecruiterContractUrn.Parse("1"), null, 1);
        var input = new InputBuffer<string>();
        input.Add(folder.Write("a.txt", "a"));
        input.CompleteAdding();
        await uploader
            .UploadAsync(input.ReadAllAsync(), new RecordingOutput(), CancellationToken.None)
            .RecordAsync(new RecordingOutput());
        Assert.Equal($"{link}{separator}x-ambry-filename=a.txt", sent);
    }

    [Theory]
    [InlineData("72:00:00", 72, "HOUR")]
    [InlineData("30.00:00:00", 720, "HOUR")]
    [InlineData("01:30:00", 90, "MINUTE")]
    [InlineData("00:01:30", 90, "SECOND")]
    [InlineData("00:00:01.5", 1500, "MILLISECOND")]
    public async Task Upload_RetentionPeriod_IsSentInWholeUnits(string kept, long duration, string unit)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        TimeSpan time = kept == "72:00:00" ? TimeSpan.FromHours(72) : TimeSpan.Parse(kept, CultureInfo.InvariantCulture);
        Assert.Single(await UploadAsync(bench, [bench.Write("a.txt")], retainFor: time));
        Assert.EndsWith(
            $$$""","blobTtl":{"duration":{{{duration}}},"unit":"{{{unit}}}"}}""",
            Encoding.UTF8.GetString(Assert.Single(bench.Links).Body),
            StringComparison.Ordinal
        );
        EmulatedBlob blob = Assert.Single(bench.Emulator.Blobs);
        Assert.Equal(time, blob.ExpiresAt - blob.UploadedAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAY.txt")]
    [InlineData("/")]
    [InlineData("https://example.com/a.txt")]
    public async Task Upload_ResponseWithoutLocation_ReportsError(string location)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string signature = "";
        using var network = new TamperingHandler(
            (request, _) =>
            {
                if (request.RequestUri!.AbsolutePath != "/ambry/")
                    return null;
                signature = request.RequestUri.Query.Split('=', '&')[1];
                var response = new HttpResponseMessage(HttpStatusCode.Created);
                response.Headers.TryAddWithoutValidation("Location", location);
                return response;
            }
        );
        Assert.Empty(await UploadAsync(bench, [bench.Write("a.txt")], bench.Connect(network: network)));
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, Assert.Single(bench.Recorder.Errors).Id);
        Assert.InRange(signature.Length, 20, 1000);
        Assert.DoesNotContain(signature, bench.Recorder.GetAllText(), StringComparison.Ordinal);
    }

    /// <summary>The location goes into objects and the ledger, where no secret may be.</summary>
    [Theory]
    [InlineData("${token}")]
    [InlineData("AAY${token}.txt")]
    [InlineData("AAY${half}.txt")]
    [InlineData("AAY${encoded}.txt")]
    [InlineData("AAY${lower}.txt")]
    [InlineData("AAY${base64}.txt")]
    public async Task RunAsync_LocationRepeatsToken_FailsThatRecordAloneAndKeepsNoSecret(string name)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string token = bench.Emulator.AccessToken;
        string location =
            "/"
            + name.Replace("${token}", token, StringComparison.Ordinal)
                .Replace("${half}", token[..(token.Length / 2)], StringComparison.Ordinal)
                .Replace(
                    "${encoded}",
                    string.Concat(token.Select(character => $"%{(int)character:X2}")),
                    StringComparison.Ordinal
                )
                .Replace("${lower}", token.ToLowerInvariant(), StringComparison.Ordinal)
                .Replace(
                    "${base64}",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes(token)).TrimEnd('='),
                    StringComparison.Ordinal
                );
        bench.Emulator.Faults.Add(
            Fault.RewriteResponse(new() { Headers = new Dictionary<string, string?> { ["Location"] = location } }) with
            {
                PathPrefix = "/ambry/",
            }
        );

        ResumeSyncResult[] results = await bench.SyncAsync(bench.Inputs(3), bench.Options(throttle: 1));
        Assert.Equal(
            [ResumeSyncOutcome.Failed, ResumeSyncOutcome.Synced, ResumeSyncOutcome.Synced],
            results.Select(result => result.Outcome)
        );
        LinkedInException error = Assert.Single(bench.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, error.Id);
        Assert.Contains("a secret of this connection", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(location[1..], bench.Recorder.GetAllText(), StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(bench.Ledger))
            Assert.DoesNotContain(location[1..], await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    /// <summary>A location may have the signature of its link in it, and eight characters in common with a token.</summary>
    [Theory]
    [InlineData("/AAY${signature}.txt")]
    [InlineData("/AAYAAgDGAAAAAAAAAAAAAAAAAAAAAAAA${eight}.txt")]
    public async Task RunAsync_LocationLooksLikeASecret_IsKept(string location)
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        string resumeFile = "";
        using var network = new TamperingHandler(
            (request, _) =>
            {
                if (request.RequestUri!.AbsolutePath != "/ambry/")
                    return null;
                string path = location
                    .Replace("${signature}", request.RequestUri.Query.Split('=', '&')[1], StringComparison.Ordinal)
                    .Replace("${eight}", bench.Emulator.AccessToken[..8], StringComparison.Ordinal);
                resumeFile = $"urn:li:ambryBlob:{path}";
                var response = new HttpResponseMessage(HttpStatusCode.Created);
                response.Headers.TryAddWithoutValidation("Location", path);
                return response;
            }
        );
        UploadedResume uploaded = Assert.Single(
            await UploadAsync(bench, [bench.Write("a.txt")], bench.Connect(network: network))
        );
        Assert.Equal(resumeFile, uploaded.ResumeFile);
    }

    [Fact]
    public async Task UploadAsync_LongFileName_IsShownInErrors()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        bench.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/" });
        Assert.Empty(await UploadAsync(bench, [bench.Write("resume-of-a-candidate-with-a-long-name.txt")]));
        Assert.Contains(
            "upload resume-of-a-candidate-with-a-long-name.txt",
            Assert.Single(bench.Recorder.Errors).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Upload_DailyQuotaExceeded_Stops()
    {
        await using ResumeSyncFixture bench = await ResumeSyncFixture.StartAsync();
        LinkedInClient client = bench.Connect(requestsPerDay: 5);
        Assert.Equal(
            2,
            (await UploadAsync(bench, [bench.Write("a.txt"), bench.Write("b.txt"), bench.Write("c.txt")], client)).Length
        );
        Assert.Equal(LinkedInErrorId.DailyQuotaExceeded, Assert.Single(bench.Recorder.Errors).Id);
        Assert.Equal(4, bench.Emulator.Requests.Count); // A link alone is of no use.
    }

    private static async Task<UploadedResume[]> UploadAsync(
        ResumeSyncFixture bench,
        IEnumerable<string> paths,
        LinkedInClient? client = null,
        RetentionPeriod? retainFor = null,
        int throttle = 1
    )
    {
        bench.StartOver();
        ResumeUploader uploader = (client ?? bench.Client).CandidateResumes.CreateUploader(
            RecruiterContractUrn.Parse(ResumeSyncFixture.Contract),
            retainFor,
            throttle
        );
        var input = new InputBuffer<string>();
        foreach (string path in paths)
            input.Add(path);
        input.CompleteAdding();
        await uploader.UploadAsync(input.ReadAllAsync(), bench.Recorder, CancellationToken.None).RecordAsync(bench.Recorder);
        return [.. bench.Recorder.Outputs.Cast<UploadedResume>()];
    }

    /// <summary>Asks the emulator for the token that is good now.</summary>
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

    /// <summary>A line that breaks after a megabyte of a body.</summary>
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
