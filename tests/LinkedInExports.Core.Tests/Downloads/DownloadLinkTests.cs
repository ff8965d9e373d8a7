using System.Net;
using LinkedInExports.Core.Downloads;
using LinkedInExports.Core.Output;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Emulator;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Core.Tests.Downloads;

/// <summary>Links and redirects, and where the token is sent.</summary>
public sealed class DownloadLinkTests
{
    [Fact]
    public async Task SaveAsync_LinksExpired_RefreshesOnceForAllParts()
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
    public async Task SaveAsync_TokenRejected_ReportsTokenRejected()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Status(401) with { Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.TokenRejected, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal(1, session.Downloads);
    }

    [Fact]
    public async Task SaveAsync_LinkToOtherHost_SendsNothing()
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
        session.AssertNoSecret(job);
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, addresses are normalized.
    public async Task SaveAsync_LinkWithEscapes_IsSentVerbatim()
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
    public async Task SaveAsync_HostileLinkOrRedirect_SendsNothing(string template)
    {
        await using LinkedInEmulator thief = await LinkedInEmulator.StartAsync();
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
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
    public async Task SaveAsync_LinkOfUnnamedPublicHost_SendsNothing()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
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
    public async Task SaveAsync_RedirectWithinHost_IsFollowedWithToken()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/" });
        Assert.Single(await session.SaveAsync(job));
        Assert.Equal(2, session.Downloads);
    }

    [Fact]
    public async Task SaveAsync_HostOfTheLinkRefuses_IsNamedInTheError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync();
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        await session.SaveAsync(job);
        Assert.All(
            session.Recorder.Errors,
            error =>
                Assert.Contains($": {session.Emulator.BaseUri.Authority} returned 400", error.Message, StringComparison.Ordinal)
        );
        Assert.NotEmpty(session.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_EndlessRedirects_ReportsError()
    {
        await using EmulatorFixture session = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await session.CreateAndWaitAsync();
        session.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await session.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, Assert.Single(session.Recorder.Errors).Id);
        Assert.Equal(6, session.Downloads);
    }
}
