using System.Text;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Http;

/// <summary>Queries in the body of a POST request.</summary>
public sealed class QueryTunnelTests
{
    private const string QueryPart = "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n";
    private const string BodyPart = "--b1\r\nContent-Type: application/json\r\n\r\nB\r\n";
    private const string End = "--b1--";

    [Fact]
    public async Task Tunnel_ValidRequest_ActsLikeQuery()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(WireFixture.Resume);
        using var content = new MultipartContent("mixed", "0b7c")
        {
            new StringContent(WireFixture.Query(("a", "a")), Encoding.ASCII, "application/x-www-form-urlencoded"),
            new StringContent(WireFixture.Entities(WireFixture.Entity("a", "a", file)), Encoding.UTF8, "application/json"),
        };
        content.First().Headers.ContentType!.CharSet = null;
        WireFixture.Reply reply = await wire.SendAsync(
            "POST",
            "/v2/tcrmCandidateResumes",
            await content.ReadAsByteArrayAsync(),
            "X-HTTP-Method-Override: PUT",
            "X-RestLi-Method: batch_update",
            $"Content-Type: {content.Headers.ContentType}"
        );
        Assert.Equal([204], reply.Statuses().Values);
        Assert.Equal("1.0.0", reply.Header("X-RestLi-Protocol-Version"));
        Assert.Equal("POST", wire.Emulator.Requests[^1].Method);
    }

    [Theory]
    [InlineData(
        "multipart/mixed; boundary=b1",
        "--b1\nContent-Type: application/x-www-form-urlencoded\n\nQ\n--b1\nContent-Type: application/json\n\nB\n" + End
    )]
    [InlineData("multipart/mixed; boundary=b1", QueryPart + End)]
    [InlineData("multipart/mixed; boundary=b1", QueryPart + BodyPart + BodyPart + End)]
    [InlineData("multipart/mixed; boundary=b1", BodyPart + QueryPart + End)]
    [InlineData("multipart/mixed; boundary=b1", "--b1\r\n\r\nQ\r\n" + BodyPart + End)]
    [InlineData("multipart/mixed; boundary=b1", QueryPart + BodyPart + "--b1")]
    [InlineData("multipart/mixed; boundary=b1", QueryPart + BodyPart + End + "\r\nmore")]
    [InlineData("multipart/mixed; boundary=b1", "\r\n" + QueryPart + BodyPart + End)]
    [InlineData("multipart/mixed; boundary=b2", QueryPart + BodyPart + End)]
    [InlineData("multipart/mixed", QueryPart + BodyPart + End)]
    [InlineData("multipart/form-data; boundary=b1", QueryPart + BodyPart + End)]
    [InlineData("application/x-www-form-urlencoded", "Q")]
    public async Task Tunnel_MalformedRequest_IsRejected(string contentType, string body)
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(WireFixture.Resume);
        body = body.Replace("Q", WireFixture.Query(("a", "a")), StringComparison.Ordinal)
            .Replace("B", WireFixture.Entities(WireFixture.Entity("a", "a", file)), StringComparison.Ordinal);
        WireFixture.Reply reply = await wire.SendAsync(
            "POST",
            "/v2/tcrmCandidateResumes",
            Encoding.UTF8.GetBytes(body),
            "X-HTTP-Method-Override: PUT",
            "X-RestLi-Method: batch_update",
            $"Content-Type: {contentType}"
        );
        Assert.Equal(400, reply.Status);
        Assert.Contains("Invalid tunneled request", reply.Body, StringComparison.Ordinal);
        Assert.Equal(0, wire.Emulator.ResumeCount);
    }

    [Fact]
    public async Task Tunnel_Delete_IsRejectedUnlessAllowed()
    {
        byte[] query = Encoding.ASCII.GetBytes(WireFixture.Query(("a", "a")));
        string[] headers =
        [
            "X-HTTP-Method-Override: DELETE",
            "X-RestLi-Method: batch_delete",
            "Content-Type: application/x-www-form-urlencoded",
        ];
        await using WireFixture strict = await WireFixture.StartAsync();
        Assert.Equal(400, (await strict.SendAsync("POST", "/v2/tcrmCandidateResumes", query, headers)).Status);
        await using WireFixture lenient = await WireFixture.StartAsync(_ => new EmulatorOptions
        {
            TunnelledDelete = true,
            DeleteUnknownSucceeds = true,
        });
        Assert.Equal([204], (await lenient.SendAsync("POST", "/v2/tcrmCandidateResumes", query, headers)).Statuses().Values);
        Assert.Equal(400, (await lenient.SendAsync("POST", "/v2/tcrmCandidateResumes?a=b", query, headers)).Status);
        Assert.Equal(400, (await lenient.SendAsync("PUT", "/v2/tcrmCandidateResumes", query, headers)).Status);
    }
}
