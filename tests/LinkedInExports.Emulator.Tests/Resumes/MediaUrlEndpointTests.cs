using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Resumes;

/// <summary>The endpoint that returns upload links.</summary>
public sealed class MediaUrlEndpointTests
{
    private const string BodyStart = """
        {"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:1"
        """;

    [Fact]
    public async Task MediaUrl_TutorialRequest_ReturnsTutorialResponse()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        WireFixture.Reply reply = await wire.MediaUrlAsync(
            """
            {
               "usageParameters":     
               {
                  "tcrmResumeParameters" : {}
               },
               "contentType": "text/plain",
               "hiringContext": "urn:li:contract:123456"
            }
            """,
            "Accept:application/json",
            "Content-Type:application/json",
            "X-RestLi-Protocol-Version:2.0.0"
        );

        string url = reply.Header("x-linkedin-id")!;
        string start = wire.Emulator.BaseUri.GetLeftPart(UriPartial.Authority) + "/ambry/?x-li-ambry-ep=";
        Assert.Equal((201, "", "0"), (reply.Status, reply.Body, reply.Header("content-length")));
        Assert.StartsWith(start + "AQ", url, StringComparison.Ordinal);
        Assert.Equal(
            "/hireMediaUrl/" + Uri.EscapeDataString(start).Replace("%3D", "=", StringComparison.Ordinal) + url[start.Length..],
            reply.Header("location")
        );
        Assert.Equal(("2.0.0", "RGW"), (reply.Header("x-restli-protocol-version"), reply.Header("x-li-responseorigin")));
        Assert.Equal("Mon, 05 Jan 2026 08:00:00 GMT", reply.Header("date"));
    }

    [Theory]
    [InlineData(UploadUrlHeader.XLinkedInId, true, false)]
    [InlineData(UploadUrlHeader.XRestLiId, false, true)]
    [InlineData(UploadUrlHeader.LocationOnly, false, false)]
    public async Task MediaUrl_UploadUrlHeader_ReturnsLinkInThatHeader(UploadUrlHeader header, bool linkedIn, bool restLi)
    {
        await using WireFixture wire = await WireFixture.StartAsync(_ => new EmulatorOptions { UploadUrlHeader = header });
        WireFixture.Reply reply = await wire.MediaUrlAsync();
        Assert.Equal((linkedIn, restLi), (reply.Header("x-linkedin-id") is not null, reply.Header("x-restli-id") is not null));
        Assert.StartsWith("/hireMediaUrl/http%3A%2F%2F127.0.0.1%3A", reply.Header("Location"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"usageParameter":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:1"}""",
        "/usageParameter :: unrecognized field"
    )]
    [InlineData("""{"usageParameters":{},"contentType":"text/plain","hiringContext":"urn:li:contract:1"}""", "/usageParameters")]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{"a":1}},"contentType":"text/plain","hiringContext":"urn:li:contract:1"}""",
        "/usageParameters"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"image/png","hiringContext":"urn:li:contract:1"}""",
        "/contentType"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"application/vnd.openxmlformats-officedocument.wordprocessingml.document","hiringContext":"urn:li:contract:1"}""",
        "/contentType"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"1"}""",
        "/hiringContext"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:organization:1"}""",
        "/hiringContext"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain"}""",
        "/hiringContext :: field is required"
    )]
    [InlineData(BodyStart + ""","fileName":"a"}""", "/fileName")]
    [InlineData(BodyStart + ""","blobTtl":{"duration":72,"unit":"HOURS"}}""", "/blobTtl")]
    [InlineData(BodyStart + ""","blobTtl":{"duration":72,"unit":"hour"}}""", "/blobTtl")]
    [InlineData(BodyStart + ""","blobTtl":{"duration":0,"unit":"HOUR"}}""", "/blobTtl")]
    [InlineData(BodyStart + ""","blobTtl":{"duration":"72","unit":"HOUR"}}""", "/blobTtl")]
    [InlineData("", "not valid JSON")]
    public async Task MediaUrl_InvalidBody_IsRejected(string body, string message)
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        WireFixture.Reply reply = await wire.MediaUrlAsync(body);
        Assert.Equal(400, reply.Status);
        Assert.Contains(message, reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MediaUrl_MissingHeaders_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        Assert.Equal(400, (await wire.MediaUrlAsync(WireFixture.MediaUrlBody, WireFixture.Json)).Status);
        Assert.Equal(
            400,
            (await wire.MediaUrlAsync(WireFixture.MediaUrlBody, WireFixture.Json, "X-RestLi-Protocol-Version: 1.0.0")).Status
        );
        Assert.Equal(400, (await wire.MediaUrlAsync(WireFixture.MediaUrlBody, WireFixture.Protocol)).Status);
        Assert.Equal(
            401,
            (
                await wire.MediaUrlAsync(
                    WireFixture.MediaUrlBody,
                    "Authorization: Bearer x",
                    WireFixture.Json,
                    WireFixture.Protocol
                )
            ).Status
        );
    }
}
