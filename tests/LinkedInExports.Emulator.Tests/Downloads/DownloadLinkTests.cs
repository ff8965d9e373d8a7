using System.Text.Json;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator.Tests.Downloads;

/// <summary>Links that are missing, replaced, on other hosts, or resumed.</summary>
public sealed class DownloadLinkTests
{
    [Fact]
    public async Task LinksMissingFor_UntilTheTimeIsOver_CompletedWithoutLink()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(
            new() { LinksMissingFor = TimeSpan.FromMinutes(1) },
            OptionalFields.Null
        );
        await wire.CreateValidationAsync();
        await wire.CreateAnalyticsAsync();
        foreach (int seconds in new[] { 0, 59 })
        {
            JsonElement validation = await wire.GetValidationAsync();
            Assert.Equal(
                ("COMPLETED", JsonValueKind.Null),
                (validation.GetProperty("status").GetString(), validation.GetProperty("downloadUrls").ValueKind)
            );
            JsonElement analytics = await wire.GetAnalyticsAsync();
            Assert.Equal(
                (24, JsonValueKind.Null),
                (analytics.GetProperty("rowCount").GetInt32(), analytics.GetProperty("downloadUrl").ValueKind)
            );
            wire.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        wire.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, (await wire.GetValidationAsync()).GetProperty("downloadUrls").GetArrayLength());
        Assert.Equal(200, await wire.DownloadAsync((await wire.GetAnalyticsAsync()).GetProperty("downloadUrl").GetString()!));
    }

    [Fact]
    public async Task LinksMissingFor_Forever_NeverReturnsLink()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(
            new() { LinksMissingFor = EmulatorBehavior.Forever }
        );
        await wire.CreateAnalyticsAsync();
        await wire.GetAnalyticsAsync();
        wire.Time.Advance(TimeSpan.FromDays(6));
        JsonElement job = await wire.GetAnalyticsAsync();
        Assert.Equal("COMPLETED", job.GetProperty("status").GetString());
        Assert.False(job.TryGetProperty("downloadUrl", out _));
    }

    [Theory]
    [InlineData(RefreshedLinks.New, 200, false)]
    [InlineData(RefreshedLinks.Unchanged, 401, true)]
    [InlineData(RefreshedLinks.Rejected, 401, false)]
    public async Task RefreshedLinks_AfterTheLinksExpired_AreAsChosen(RefreshedLinks refreshed, int status, bool isSame)
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(
            new() { RefreshedLinks = refreshed, RefreshedLinksFor = TimeSpan.FromMinutes(2) }
        );
        await wire.CreateAnalyticsAsync();
        string first = (await wire.GetAnalyticsAsync()).GetProperty("downloadUrl").GetString()!;
        Assert.Equal(200, await wire.DownloadAsync(first));
        wire.Emulator.ExpireLinks();
        Assert.Equal(401, await wire.DownloadAsync(first));

        string second = (await wire.GetAnalyticsAsync()).GetProperty("downloadUrl").GetString()!;
        Assert.Equal(isSame, second == first);
        Assert.Equal(status, await wire.DownloadAsync(second));

        wire.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(200, await wire.DownloadAsync((await wire.GetAnalyticsAsync()).GetProperty("downloadUrl").GetString()!));
    }

    [Fact]
    public async Task LinkHost_OfAnotherCompany_RejectsTheToken()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { LinkHost = "media.licdn.com" });
        await wire.CreateAnalyticsAsync();
        string link = (await wire.GetAnalyticsAsync()).GetProperty("downloadUrl").GetString()!;
        Assert.StartsWith("https://media.licdn.com/ambry/?", link, StringComparison.Ordinal);
        string target = new Uri(link).PathAndQuery;
        Assert.Equal(200, (await wire.SendAsync("GET", target, null, "Host: media.licdn.com", "Authorization:")).Status);
        Assert.Equal(400, (await wire.SendAsync("GET", target, null, "Host: media.licdn.com")).Status);
        Assert.Equal(401, (await wire.SendAsync("GET", target, null, "Authorization:", WireFixture.Protocol)).Status);
    }

    [Fact]
    public async Task Download_RedirectHost_RedirectsFileRequests()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(
            new() { RedirectHost = "files.example.net:8443" }
        );
        await wire.CreateAnalyticsAsync();
        string link = (await wire.GetAnalyticsAsync()).GetProperty("downloadUrl").GetString()!;
        WireFixture.Reply redirect = await wire.SendAsync("GET", link, null, WireFixture.Protocol);
        Assert.Equal(
            (302, "https://files.example.net:8443" + new Uri(link).PathAndQuery),
            (redirect.Status, redirect.Header("Location"))
        );
        Assert.Equal(200, (await wire.SendAsync("GET", link, null, "Host: files.example.net:8443", "Authorization:")).Status);
        Assert.Equal(400, (await wire.SendAsync("GET", link, null, "Host: files.example.net:8443")).Status);
    }

    [Fact]
    public async Task Downloads_ByDefault_CanBeResumedAtTheSameVersion()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new());
        await wire.CreateAnalyticsAsync();
        string link = (await wire.GetAnalyticsAsync()).GetProperty("downloadUrl").GetString()!;
        WireFixture.Reply whole = await wire.SendAsync("GET", link, null, WireFixture.Protocol);
        Assert.Equal("bytes", whole.Header("Accept-Ranges"));
        string etag = whole.Header("ETag")!;
        WireFixture.Reply rest = await wire.SendAsync(
            "GET",
            link,
            null,
            WireFixture.Protocol,
            "Range: bytes=10-",
            $"If-Range: {etag}"
        );
        Assert.Equal(
            (206, whole.Body[10..], $"bytes 10-{whole.Body.Length - 1}/{whole.Body.Length}"),
            (rest.Status, rest.Body, rest.Header("Content-Range"))
        );
        Assert.Equal(
            200,
            (await wire.SendAsync("GET", link, null, WireFixture.Protocol, "Range: bytes=10-", "If-Range: \"another\"")).Status
        );
    }
}
