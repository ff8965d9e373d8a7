using System.Net;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Downloads;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>
/// Whatever happens to a download, it ends in a whole, verified file or in a clear error with nothing under the final name.
/// </summary>
public sealed class DownloadFaultTests
{
    private const string FileName = "crm-validation-148-part001.csv";
    private static readonly string[] WholeFile = [FileName, FileName + ".manifest.json"];

    // Without ranges: what becomes of a download that can be resumed is in ResumableDownloadTests.
    private static EmulatorOptions OneSmallPart(bool chunked = false) =>
        new()
        {
            ProcessingTime = TimeSpan.Zero,
            Parts = 1,
            RowsPerPart = 4,
            Chunked = chunked,
            RangeSupport = RangeSupport.None,
            FileValidator = FileValidator.None,
        };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Save_CutOnceAtAnyByte_Retries(bool chunked)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart(chunked));
        ExportJob job = await session.CreateAndWaitAsync();
        byte[] expected = session.Emulator.GetFileBytes(148, 1);
        for (int cut = 0; cut < expected.Length; cut++)
        {
            session.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await session.SaveAsync(job, force: true));
            Assert.Equal(expected, await File.ReadAllBytesAsync(file.Path));
        }

        Assert.Equal(2 * expected.Length, session.Downloads);
        Assert.Empty(session.Recorder.Errors);
        Assert.Equal(WholeFile, session.SavedFiles);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Save_CutEveryTime_ReportsErrorWithoutFile(bool chunked)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart(chunked));
        ExportJob job = await session.CreateAndWaitAsync();
        int length = session.Emulator.GetFileBytes(148, 1).Length;
        for (int cut = 0; cut < length; cut += 7)
        {
            session.Emulator.Faults.Clear();
            session.Emulator.Faults.Add(Fault.TruncateBody(cut) with { PathPrefix = "/ambry/", Times = int.MaxValue });
            Assert.Empty(await session.SaveAsync(job));
            Assert.Empty(session.SavedFiles);
        }

        Assert.All(session.Recorder.Errors, error => Assert.Equal(LinkedInErrorId.DownloadIncomplete, error.Id));
    }

    [Fact]
    public async Task Save_EndsInsideRow_ReportsErrorEvenIfAnnouncedComplete()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        string text = System.Text.Encoding.UTF8.GetString(session.Emulator.GetFileBytes(148, 1));
        int lastRow = text.TrimEnd('\n').LastIndexOf('\n') + 1;
        int lastComma = text.LastIndexOf(',');

        // Up to its last comma a row shows that values are missing. What is cut within the last value looks like a value.
        for (int cut = lastRow + 1; cut <= lastComma; cut++)
        {
            session.Emulator.Faults.Add(Fault.ShortBody(cut) with { PathPrefix = "/ambry/" });
            SavedExportFile file = Assert.Single(await session.SaveAsync(job, force: true));
            Assert.Equal(4, file.RowCount);
        }

        Assert.Contains(
            session.Recorder.VerboseLines,
            line => line.Contains("the last row breaks off", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Save_DownloadStalls_RetriesThenFails(int at)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart(), EmulatorFixture.NoRetry);
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.StallBody(at) with { PathPrefix = "/ambry/" });
        Assert.Single(await session.SaveAsync(job));

        session.Emulator.Faults.Add(Fault.StallBody(at) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job, force: true));
        Assert.Equal(LinkedInErrorId.DownloadStalled, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal(WholeFile, session.SavedFiles); // The one from before.
        AssertNoSecret(session, job);
    }

    public static TheoryData<Fault> TransientFaults =>
        [
            Fault.ResetBeforeEffect(),
            Fault.Status(500),
            Fault.Status(502, FaultBody.Html),
            Fault.Status(503, FaultBody.Empty),
            Fault.Status(504),
            Fault.Status(429),
            Fault.Status(429, retryAfter: TimeSpan.FromSeconds(1)),
            Fault.Status(429, retryAfter: TimeSpan.FromSeconds(1), retryAfterAsDate: true),
            Fault.ExpiredLink(),
            Fault.Status(403),
            Fault.Status(410),
            Fault.Latency(TimeSpan.FromMilliseconds(50)),
        ];

    [Theory]
    [MemberData(nameof(TransientFaults))]
    public async Task Save_TransientFault_Recovers(Fault fault)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(fault with { PathPrefix = "/ambry/" });
        Assert.Single(await session.SaveAsync(job));
        Assert.Empty(session.Recorder.Errors);
        Assert.Equal(WholeFile, session.SavedFiles);
    }

    public static TheoryData<Fault, LinkedInErrorId> PermanentFaults =>
        new()
        {
            { Fault.ResetBeforeEffect(), LinkedInErrorId.ConnectionFailed },
            { Fault.Status(500), LinkedInErrorId.ServerError },
            { Fault.Status(503, FaultBody.Html), LinkedInErrorId.ServerError },
            { Fault.Status(429), LinkedInErrorId.RateLimitExceeded },
            { Fault.Status(400), LinkedInErrorId.BadRequest },
            { Fault.ExpiredLink(), LinkedInErrorId.DownloadRejected },
            { Fault.Status(403), LinkedInErrorId.DownloadRejected },
            { Fault.HtmlInsteadOfCsv(), LinkedInErrorId.InvalidExportFile },
            { Fault.ShortBody(10), LinkedInErrorId.DownloadIncomplete },
            { Fault.ShortBody(0), LinkedInErrorId.DownloadIncomplete },
            { Fault.Redirect(new Uri("https://10.0.0.1/")), LinkedInErrorId.AddressNotAllowed },
            { Fault.Redirect(new Uri("http://127.0.0.1:1/")), LinkedInErrorId.AddressNotAllowed },
            { Fault.LeakySecret(), LinkedInErrorId.BadRequest },
        };

    [Theory]
    [MemberData(nameof(PermanentFaults))]
    public async Task Save_PermanentFault_ReportsErrorWithoutFile(Fault fault, LinkedInErrorId id)
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(fault with { PathPrefix = "/ambry/", Times = int.MaxValue });

        Assert.Empty(await session.SaveAsync(job));

        LinkedInException error = Assert.Single(session.Recorder.Errors);
        Assert.Equal(id, error.Id);
        Assert.EndsWith(FileName, error.Target, StringComparison.Ordinal);
        Assert.Empty(session.SavedFiles);
        AssertNoSecret(session, job);
    }

    [Fact]
    public async Task Save_LinksExpired_RefreshesOnceForAllParts()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 8,
                RowsPerPart = 3,
            }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.ExpireLinks();
        int before = session.Emulator.Requests.Count;

        Assert.Equal(8, (await session.SaveAsync(job, throttle: 8)).Length);

        Assert.InRange(
            session
                .Emulator.Requests.Skip(before)
                .Count(request => request.RawTarget.StartsWith("/v2/", StringComparison.Ordinal)),
            1,
            1
        );
        Assert.Empty(session.Recorder.Errors);
    }

    [Fact]
    public async Task Save_TokenRejected_ReportsTokenRejected()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Status(401) with { Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.TokenRejected, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal(1, session.Downloads);
    }

    [Fact]
    public async Task Save_LinkToOtherHost_SendsNothing()
    {
        await using LinkedInEmulator thief = await LinkedInEmulator.StartAsync();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                LinkTemplate = thief.BaseUri.GetLeftPart(UriPartial.Authority) + "/ambry/?x-li-ambry-ep={0}",
            }
        );
        ExportJob job = await session.CreateAndWaitAsync();

        Assert.Empty(await session.SaveAsync(job));
        LinkedInException error = Assert.Single(session.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.AddressNotAllowed, error.Id);
        Assert.Empty(thief.Requests);
        AssertNoSecret(session, job);
    }

    [Fact]
    public async Task Save_LinkWithEscapes_IsSentVerbatim()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                LinkTemplate = "https://www.linkedin.com/ambry/AQpath%2F%41?x-li-ambry-ep={0}%2b%7E%41'(x)!*,;:@/?&b=%20",
            }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        string? sent = null;
        using var network = new FakeHttpHandler(request =>
        {
            sent = request.RequestUri!.GetLeftPart(UriPartial.Authority) + request.RequestUri.PathAndQuery;
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        });
        using LinkedInClient client = EmulatorFixture.Connect(session.Emulator, network: network);
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = session.Folder.File("out") });
        var input = new InputBuffer<ExportJob>();
        input.Add(job);
        input.CompleteAdding();
        await saver
            .SaveAsync(input.ReadAllAsync(), new RecordingOutput(), CancellationToken.None)
            .RecordAsync(new RecordingOutput());
        Assert.Equal(job.DownloadUrls[0].GetUri().OriginalString, sent);
        Assert.EndsWith("%2b%7E%41'(x)!*,;:@/?&b=%20", sent, StringComparison.Ordinal);
    }

    public static TheoryData<string> HostileLinks =>
        [
            "http://{thief}/ambry/?x-li-ambry-ep={0}",
            "http://localhost:{port}/ambry/?x-li-ambry-ep={0}",
            "http://user@{thief}/ambry/?x-li-ambry-ep={0}",
            "http://{host}@{thief}/ambry/?x-li-ambry-ep={0}",
            "http://[::ffff:127.0.0.1]:{port}/ambry/?x-li-ambry-ep={0}",
            "https://{thief}/ambry/?x-li-ambry-ep={0}",
        ];

    [Theory]
    [MemberData(nameof(HostileLinks))]
    public async Task Save_HostileLinkOrRedirect_SendsNothing(string template)
    {
        await using LinkedInEmulator thief = await LinkedInEmulator.StartAsync();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        string link = template
            .Replace("{thief}", thief.BaseUri.Authority, StringComparison.Ordinal)
            .Replace("{port}", $"{thief.BaseUri.Port}", StringComparison.Ordinal)
            .Replace(
                "{host}",
                session.Emulator.BaseUri.Authority.Replace(":", "%3A", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
            .Replace("{0}", "AQ", StringComparison.Ordinal);

        Assert.Empty(await session.SaveAsync(job with { DownloadUrls = [new SignedUrl(new Uri(link))] }));
        session.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/" });
        session.Emulator.Faults.Add(Fault.Redirect(new Uri(link)) with { PathPrefix = "/ambry/" });
        Assert.Empty(await session.SaveAsync(job));

        Assert.Equal(
            [LinkedInErrorId.AddressNotAllowed, LinkedInErrorId.AddressNotAllowed],
            session.Recorder.Errors.Select(error => error.Id)
        );
        Assert.Empty(thief.Requests);
        Assert.Empty(session.SavedFiles);
    }

    [Fact]
    public async Task Save_LinkOfUnnamedPublicHost_SendsNothing()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        Assert.Empty(
            await session.SaveAsync(
                job with
                {
                    DownloadUrls = [new SignedUrl(new Uri("https://xn--lnkedin-q9a.com/ambry/?x-li-ambry-ep=AQ"))],
                }
            )
        );
        Assert.Equal(LinkedInErrorId.AddressNotAllowed, Assert.Single(session.Recorder.Errors).Id);
    }

    [Fact]
    public async Task Save_RedirectWithinHost_IsFollowedWithToken()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/" });
        Assert.Single(await session.SaveAsync(job));
        Assert.Equal(2, session.Downloads);
    }

    [Fact]
    public async Task Save_HostOfTheLinkRefuses_IsNamedInTheError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        await session.SaveAsync(job);
        Assert.All(
            session.Recorder.Errors,
            error =>
                Assert.Contains($": {session.Emulator.BaseUri.Authority} answered 400", error.Message, StringComparison.Ordinal)
        );
        Assert.NotEmpty(session.Recorder.Errors);
    }

    [Fact]
    public async Task Save_EndlessRedirects_ReportsError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OneSmallPart());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal(6, session.Downloads);
    }

    [Fact]
    public async Task Save_RateLimited_DelaysOtherDownloads()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 3,
                RowsPerPart = 3,
            },
            new() { MaxServerDelay = TimeSpan.FromMilliseconds(400), BaseDelay = TimeSpan.FromMilliseconds(1) }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Status(429, retryAfter: TimeSpan.FromSeconds(30)) with { PathPrefix = "/ambry/" });
        Assert.Equal(3, (await session.SaveAsync(job, throttle: 1)).Length);
        DateTimeOffset[] times =
        [
            .. session
                .Emulator.Requests.Where(request => request.RawTarget.StartsWith("/ambry/", StringComparison.Ordinal))
                .Select(request => request.At),
        ];
        Assert.All(times.Skip(1), at => Assert.True(at - times[0] >= TimeSpan.FromMilliseconds(390)));
    }

    [Fact]
    public async Task Save_OnePartFails_SavesOtherParts()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 3,
                RowsPerPart = 3,
            }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.HtmlInsteadOfCsv() with { PathPrefix = "/ambry/", Skip = 1 });
        Assert.Equal([1, 3], (await session.SaveAsync(job, throttle: 1)).Select(file => file.Part));
        Assert.Equal(LinkedInErrorId.InvalidExportFile, Assert.Single(session.Recorder.Errors).Id);
    }

    [Fact]
    public async Task Save_Canceled_DeletesPartialFileWithinOneSecond()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(
            OneSmallPart(),
            new() { IdleTimeout = TimeSpan.FromMinutes(5) }
        );
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.StallBody(50) with { PathPrefix = "/ambry/" });
        using var stop = new CancellationTokenSource();
        Task<SavedExportFile[]> saving = session.SaveAsync(job, cancellationToken: stop.Token);
        Assert.True(SpinWait.SpinUntil(() => session.SavedFiles is [FileName + ".partial"], TimeSpan.FromSeconds(10)));

        long started = TimeProvider.System.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(session.SavedFiles);
        Assert.Empty(session.Recorder.Errors);
    }

    private static void AssertNoSecret(EmulatorFixture session, ExportJob job)
    {
        string everything = session.Recorder.GetAllText();
        Assert.DoesNotContain(session.Emulator.AccessToken, everything, StringComparison.Ordinal);
        Assert.All(
            job.DownloadUrls,
            url => Assert.DoesNotContain(url.GetUri().Query.Split('=')[1], everything, StringComparison.Ordinal)
        );
    }
}
