using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Resumes;

/// <summary>The links that receive resume files.</summary>
public sealed class UploadEndpointTests
{
    [Fact]
    public async Task Upload_TutorialRequest_ReturnsTutorialResponse()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string url = (await wire.MediaUrlAsync()).Header("x-linkedin-id")!;
        WireFixture.Reply reply = await wire.SendAsync(
            "POST",
            $"{url}&x-ambry-filename=jane%20doe.txt",
            WireFixture.Resume,
            "Content-Type: application/x-www-form-urlencoded"
        );

        Assert.Equal((201, "", "0"), (reply.Status, reply.Body, reply.Header("content-length")));
        Assert.Matches(@"\A/AA[A-Za-z0-9_-]{24}\.txt\z", reply.Header("location")!);
        Assert.Equal(
            ("no-cache, no-store", "no-cache", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (reply.Header("cache-control"), reply.Header("pragma"), reply.Header("expires"))
        );
        Assert.NotNull(reply.Header("x-li-uuid"));
        EmulatedBlob blob = Assert.Single(wire.Emulator.Blobs);
        Assert.Equal(reply.Header("location"), blob.Location);
        Assert.Equal(
            ("jane doe.txt", WireFixture.Resume.Length, "application/pdf", "application/x-www-form-urlencoded"),
            (blob.FileName, blob.Length, blob.DeclaredType, blob.SentType)
        );
        Assert.Equal(TestHash.Sha256(WireFixture.Resume), blob.Sha256);
        Assert.Null(blob.Bytes);
        Assert.Null(blob.ExpiresAt);
    }

    [Fact]
    public async Task Upload_MissingTokenNameOrTooLargeBody_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string url = (await wire.MediaUrlAsync()).Header("x-linkedin-id")!;
        Assert.Equal(
            401,
            (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a.pdf", WireFixture.Resume, "Authorization: Bearer x")).Status
        );
        Assert.Equal(400, (await wire.SendAsync("POST", url, WireFixture.Resume)).Status);
        Assert.Equal(400, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=", WireFixture.Resume)).Status);
        Assert.Equal(400, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a b.pdf&other=1", WireFixture.Resume)).Status);
        Assert.Equal(400, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a.pdf")).Status);
        WireFixture.Reply tooBig = await wire.SendAsync(
            "POST",
            $"{url}&x-ambry-filename=a.pdf",
            new byte[(10 * 1024 * 1024) + 1]
        );
        Assert.Equal((413, "text/plain"), (tooBig.Status, tooBig.Header("Content-Type")));
        Assert.Empty(wire.Emulator.Blobs);
        Assert.Equal(201, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a.pdf", new byte[10 * 1024 * 1024])).Status);
    }

    [Fact]
    public async Task Upload_SecondUseOrExpiredLink_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string first = (await wire.MediaUrlAsync()).Header("x-linkedin-id")! + "&x-ambry-filename=a.pdf";
        string second = (await wire.MediaUrlAsync()).Header("x-linkedin-id")! + "&x-ambry-filename=a.pdf";
        string third = (await wire.MediaUrlAsync()).Header("x-linkedin-id")! + "&x-ambry-filename=a.pdf";
        Assert.Equal(
            401,
            (
                await wire.SendAsync("POST", third.Replace("-ep=AQ", "-ep=AQA", StringComparison.Ordinal), WireFixture.Resume)
            ).Status
        );
        Assert.Equal(201, (await wire.SendAsync("POST", first, WireFixture.Resume)).Status);
        WireFixture.Reply used = await wire.SendAsync("POST", first, WireFixture.Resume);
        Assert.Equal((403, "Forbidden\n"), (used.Status, used.Body));

        wire.Time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromTicks(1));
        Assert.Equal(201, (await wire.SendAsync("POST", second, WireFixture.Resume)).Status);
        wire.Time.Advance(TimeSpan.FromTicks(1));
        WireFixture.Reply expired = await wire.SendAsync("POST", third, WireFixture.Resume);
        Assert.Equal((401, "Unauthorized\n"), (expired.Status, expired.Body));
    }

    [Fact]
    public async Task ExpireLinks_OneOrAll_RejectsUploads()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string first = (await wire.MediaUrlAsync()).Header("x-linkedin-id")! + "&x-ambry-filename=a.pdf";
        string second = (await wire.MediaUrlAsync()).Header("x-linkedin-id")! + "&x-ambry-filename=a.pdf";
        wire.Emulator.Faults.Add(
            LinkedInExports.Emulator.Faults.Fault.ExpiredLink() with
            {
                Method = "POST",
                PathPrefix = "/ambry/",
            }
        );
        Assert.Equal(401, (await wire.SendAsync("POST", first, WireFixture.Resume)).Status);
        Assert.Equal(401, (await wire.SendAsync("POST", first, WireFixture.Resume)).Status);
        wire.Emulator.ExpireLinks();
        Assert.Equal(401, (await wire.SendAsync("POST", second, WireFixture.Resume)).Status);
        await wire.UploadAsync(WireFixture.Resume);
    }

    [Fact]
    public async Task Blob_AfterRetention_IsExpired()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            KeepUploads = true,
        });
        string file = await wire.UploadAsync(
            WireFixture.Resume,
            "cv.doc",
            WireFixture.MediaUrlBody[..^1] + ""","blobTtl":{"duration":72,"unit":"HOUR"}}"""
        );
        Assert.Equal(WireFixture.Resume, Assert.Single(wire.Emulator.Blobs).Bytes);
        Assert.EndsWith(".doc", file, StringComparison.Ordinal);
        wire.Time.Advance(TimeSpan.FromHours(72) - TimeSpan.FromTicks(1));
        Assert.Equal([204], (await wire.WriteAsync(file, "a")).Statuses().Values);
        wire.Time.Advance(TimeSpan.FromTicks(1));
        WireFixture.Reply late = await wire.WriteAsync(file, "a");
        Assert.Equal([-400], late.Statuses().Values);
        Assert.Contains(
            """{"status":400,"serviceErrorCode":100,"message":"resumeFile is not accessible"}""",
            late.Body,
            StringComparison.Ordinal
        );
        Assert.Equal(1, Assert.Single(wire.Emulator.Resumes).TimesWritten);
    }
}
