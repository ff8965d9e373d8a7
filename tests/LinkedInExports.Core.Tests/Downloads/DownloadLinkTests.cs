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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 8,
                RowsPerPart = 3,
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.ExpireLinks();
        int before = fixture.Emulator.Requests.Count;

        Assert.Equal(8, (await fixture.SaveAsync(job, throttle: 8)).Length);

        Assert.InRange(
            fixture
                .Emulator.Requests.Skip(before)
                .Count(request => request.RawTarget.StartsWith("/v2/", StringComparison.Ordinal)),
            1,
            1
        );
        Assert.Empty(fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_TokenRejected_ReportsTokenRejected()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.Status(401) with { Times = int.MaxValue });
        Assert.Empty(await fixture.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.TokenRejected, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Equal(1, fixture.Downloads);
    }

    [Fact]
    public async Task SaveAsync_LinkToOtherHost_SendsNothing()
    {
        await using LinkedInEmulator thief = await LinkedInEmulator.StartAsync();
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                LinkTemplate = thief.BaseUri.GetLeftPart(UriPartial.Authority) + "/ambry/?x-li-ambry-ep={0}",
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();

        Assert.Empty(await fixture.SaveAsync(job));
        LinkedInException error = Assert.Single(fixture.Recorder.Errors);
        Assert.Equal(LinkedInErrorId.AddressNotAllowed, error.Id);
        Assert.Empty(thief.Requests);
        fixture.AssertNoSecret(job);
    }

    [Fact]
    [Trait(TestEngine.Name, TestEngine.PowerShell7)] // In Windows PowerShell, addresses are normalized.
    public async Task SaveAsync_LinkWithEscapes_IsSentVerbatim()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(
            new EmulatorOptions
            {
                ProcessingTime = TimeSpan.Zero,
                Parts = 1,
                LinkTemplate = "https://www.linkedin.com/ambry/AQpath%2F%41?x-li-ambry-ep={0}%2b%7E%41'(x)!*,;:@/?&b=%20",
            }
        );
        ExportJob job = await fixture.CreateAndWaitAsync();
        string? sent = null;
        using var network = new FakeHttpHandler(request =>
        {
            sent = request.RequestUri!.GetLeftPart(UriPartial.Authority) + request.RequestUri.PathAndQuery;
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        });
        using LinkedInClient client = EmulatorFixture.Connect(fixture.Emulator, network: network);
        ExportSaver saver = client.CreateSaver(new SaveOptions { Destination = fixture.Folder.File("out") });
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
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        string link = template
            .Replace("{thief}", thief.BaseUri.Authority, StringComparison.Ordinal)
            .Replace("{port}", $"{thief.BaseUri.Port}", StringComparison.Ordinal)
            .Replace(
                "{host}",
                fixture.Emulator.BaseUri.Authority.Replace(":", "%3A", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
            .Replace("{0}", "AQ", StringComparison.Ordinal);

        Assert.Empty(await fixture.SaveAsync(job with { DownloadUrls = [new SignedUrl(new Uri(link))] }));
        fixture.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/" });
        fixture.Emulator.Faults.Add(Fault.Redirect(new Uri(link)) with { PathPrefix = "/ambry/" });
        Assert.Empty(await fixture.SaveAsync(job));

        Assert.Equal(
            [LinkedInErrorId.AddressNotAllowed, LinkedInErrorId.AddressNotAllowed],
            fixture.Recorder.Errors.Select(error => error.Id)
        );
        Assert.Empty(thief.Requests);
        Assert.Empty(fixture.SavedFiles);
    }

    [Fact]
    public async Task SaveAsync_LinkOfUnnamedPublicHost_SendsNothing()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        Assert.Empty(
            await fixture.SaveAsync(
                job with
                {
                    DownloadUrls = [new SignedUrl(new Uri("https://xn--lnkedin-q9a.com/ambry/?x-li-ambry-ep=AQ"))],
                }
            )
        );
        Assert.Equal(LinkedInErrorId.AddressNotAllowed, Assert.Single(fixture.Recorder.Errors).Id);
    }

    [Fact]
    public async Task SaveAsync_RedirectWithinHost_IsFollowedWithToken()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/" });
        Assert.Single(await fixture.SaveAsync(job));
        Assert.Equal(2, fixture.Downloads);
    }

    [Fact]
    public async Task SaveAsync_HostOfTheLinkRefuses_IsNamedInTheError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync();
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.Status(400) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        await fixture.SaveAsync(job);
        Assert.All(
            fixture.Recorder.Errors,
            error =>
                Assert.Contains($": {fixture.Emulator.BaseUri.Authority} returned 400", error.Message, StringComparison.Ordinal)
        );
        Assert.NotEmpty(fixture.Recorder.Errors);
    }

    [Fact]
    public async Task SaveAsync_EndlessRedirects_ReportsError()
    {
        await using EmulatorFixture fixture = await EmulatorFixture.StartAsync(OnePartExport.CreateOptions());
        ExportJob job = await fixture.CreateAndWaitAsync();
        fixture.Emulator.Faults.Add(Fault.Redirect(job.DownloadUrls[0]) with { PathPrefix = "/ambry/", Times = int.MaxValue });
        Assert.Empty(await fixture.SaveAsync(job));
        Assert.Equal(LinkedInErrorId.UnexpectedResponse, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Equal(6, fixture.Downloads);
    }
}
