using System.Text;
using LinkedInExports.Emulator.Quotas;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Resumes;

/// <summary>
/// The candidate-resume endpoints of the emulator, byte for byte: a client that passes here has to get each of these right.
/// </summary>
public sealed class ResumeEndpointsTests
{
    private const string Key100 =
        "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1234567890&tcrmCandidateId=tcrmCandidateId100&tcrmResumeId=resumeid100";

    private const string Key200 =
        "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1234567890&tcrmCandidateId=tcrmCandidateId200&tcrmResumeId=resumeid200";

    private const string SampleTarget =
        "/v2/tcrmCandidateResumes?ids%5B0%5D.tcrmCandidateId=tcrmCandidateId100&ids%5B0%5D.integrationContext=urn:li:organization:1234567890&ids%5B0%5D.dataProvider=PARTNER&ids%5B0%5D.tcrmResumeId=resumeid100&ids%5B1%5D.tcrmCandidateId=tcrmCandidateId200&ids%5B1%5D.integrationContext=urn:li:organization:1234567890&ids%5B1%5D.dataProvider=PARTNER&ids%5B1%5D.tcrmResumeId=resumeid200";

    private const string SampleFile1 = "/AAYUAgCvAAkAAQAAAAJFyLgwRkz_TmebRMrAixANdQ.txt";
    private const string SampleFile2 = "/AAYUAgCvAAkAAQAAAAJFyLgsRkz_TmebRMrAixxAjba1.txt";

    private const string SampleBody = """
        {
        "entities": {
           "tcrmCandidateId=tcrmCandidateId100&dataProvider=PARTNER&integrationContext=urn:li:organization:1234567890&tcrmResumeId=resumeid100": {
            "resumeFile": "urn:li:ambryBlob:/AAYUAgCvAAkAAQAAAAJFyLgwRkz_TmebRMrAixANdQ.txt",
                "tcrmCreatedAt": 1670935153
            },
            "tcrmCandidateId=tcrmCandidateId200&dataProvider=PARTNER&integrationContext=urn:li:organization:1234567890&tcrmResumeId=resumeid200": {
            "resumeFile": "urn:li:ambryBlob:/AAYUAgCvAAkAAQAAAAJFyLgsRkz_TmebRMrAixxAjba1.txt",
                "tcrmCreatedAt": 1670935153
            }
           }
        } 
        """;

    private static readonly byte[] File = "Jane Doe, engineer"u8.ToArray();

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
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:1","fileName":"a"}""",
        "/fileName"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:1","blobTtl":{"duration":72,"unit":"HOURS"}}""",
        "/blobTtl"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:1","blobTtl":{"duration":72,"unit":"hour"}}""",
        "/blobTtl"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:1","blobTtl":{"duration":0,"unit":"HOUR"}}""",
        "/blobTtl"
    )]
    [InlineData(
        """{"usageParameters":{"tcrmResumeParameters":{}},"contentType":"text/plain","hiringContext":"urn:li:contract:1","blobTtl":{"duration":"72","unit":"HOUR"}}""",
        "/blobTtl"
    )]
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
        Assert.Equal(400, (await wire.MediaUrlAsync(WireFixture.MediaUrlBody, "Content-Type: application/json")).Status);
        Assert.Equal(
            400,
            (
                await wire.MediaUrlAsync(
                    WireFixture.MediaUrlBody,
                    "Content-Type: application/json",
                    "X-RestLi-Protocol-Version: 1.0.0"
                )
            ).Status
        );
        Assert.Equal(400, (await wire.MediaUrlAsync(WireFixture.MediaUrlBody, "X-RestLi-Protocol-Version: 2.0.0")).Status);
        Assert.Equal(
            401,
            (
                await wire.MediaUrlAsync(
                    WireFixture.MediaUrlBody,
                    "Authorization: Bearer x",
                    "Content-Type: application/json",
                    "X-RestLi-Protocol-Version: 2.0.0"
                )
            ).Status
        );
    }

    [Fact]
    public async Task Upload_TutorialRequest_ReturnsTutorialResponse()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string url = (await wire.MediaUrlAsync()).Header("x-linkedin-id")!;
        WireFixture.Reply reply = await wire.SendAsync(
            "POST",
            $"{url}&x-ambry-filename=jane%20doe.txt",
            File,
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
            ("jane doe.txt", File.Length, "application/pdf", "application/x-www-form-urlencoded"),
            (blob.FileName, blob.Length, blob.DeclaredType, blob.SentType)
        );
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File)), blob.Sha256);
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
            (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a.pdf", File, "Authorization: Bearer x")).Status
        );
        Assert.Equal(400, (await wire.SendAsync("POST", url, File)).Status);
        Assert.Equal(400, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=", File)).Status);
        Assert.Equal(400, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a b.pdf&other=1", File)).Status);
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
            (await wire.SendAsync("POST", third.Replace("-ep=AQ", "-ep=AQA", StringComparison.Ordinal), File)).Status
        );
        Assert.Equal(201, (await wire.SendAsync("POST", first, File)).Status);
        WireFixture.Reply used = await wire.SendAsync("POST", first, File);
        Assert.Equal((403, "Forbidden\n"), (used.Status, used.Body));

        wire.Time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromTicks(1));
        Assert.Equal(201, (await wire.SendAsync("POST", second, File)).Status);
        wire.Time.Advance(TimeSpan.FromTicks(1));
        WireFixture.Reply expired = await wire.SendAsync("POST", third, File);
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
        Assert.Equal(401, (await wire.SendAsync("POST", first, File)).Status);
        Assert.Equal(401, (await wire.SendAsync("POST", first, File)).Status);
        wire.Emulator.ExpireLinks();
        Assert.Equal(401, (await wire.SendAsync("POST", second, File)).Status);
        await wire.UploadAsync(File);
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
            File,
            "cv.doc",
            WireFixture.MediaUrlBody[..^1] + ""","blobTtl":{"duration":72,"unit":"HOUR"}}"""
        );
        Assert.Equal(File, Assert.Single(wire.Emulator.Blobs).Bytes);
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

    [Fact]
    public async Task UpdateAndDelete_TutorialRequests_ReturnTutorialResponses()
    {
        await using WireFixture wire = await WireFixture.StartAsync(_ => new EmulatorOptions { RefuseSeconds = false });
        wire.Emulator.AddBlob(SampleFile1, File, "datafile");
        wire.Emulator.AddBlob(SampleFile2, File, "datafile");
        WireFixture.Reply update = await wire.SendAsync(
            "PUT",
            SampleTarget,
            Encoding.UTF8.GetBytes(SampleBody),
            "x-restli-method: batch_update",
            "Content-Type: application/json"
        );

        Assert.Equal(
            (200, "application/json", "1.0.0"),
            (update.Status, update.Header("Content-Type"), update.Header("X-RestLi-Protocol-Version"))
        );
        string expected(string first, string second) =>
            $$$"""{"results":{"{{{first}}}":{"status":204},"{{{second}}}":{"status":204}},"errors":{}}""";
        Assert.Contains(update.Body, new[] { expected(Key100, Key200), expected(Key200, Key100) });
        EmulatedResume resume = wire.Emulator.FindResume("tcrmCandidateId200", "resumeid200", WireFixture.Organization)!;
        Assert.Equal((1670935153, 1, SampleFile2), (resume.CreatedAt, resume.TimesWritten, resume.File.Location));
        Assert.Equal((2, 2L), (wire.Emulator.ResumeCount, wire.Emulator.Upserts));

        WireFixture.Reply delete = await wire.SendAsync(
            "DELETE",
            SampleTarget,
            null,
            "X-RestLi-Protocol-Version:1.0.0",
            "Accept:application/json"
        );
        Assert.Equal((200, update.Body), (delete.Status, delete.Body));
        Assert.Equal((0, 2L), (wire.Emulator.ResumeCount, wire.Emulator.Deletes));
    }

    [Fact]
    public async Task Update_CreatedAtInSeconds_IsRejectedForRecord()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        wire.Emulator.AddBlob(SampleFile1, File, "datafile");
        wire.Emulator.AddBlob(SampleFile2, File, "datafile");
        WireFixture.Reply reply = await wire.SendAsync(
            "PUT",
            SampleTarget,
            Encoding.UTF8.GetBytes(
                SampleBody.Replace("1670935153\n    }\n   }", "1670935153000\n    }\n   }", StringComparison.Ordinal)
            ),
            "x-restli-method: batch_update",
            "Content-Type: application/json"
        );
        Assert.Equal(new Dictionary<string, int> { [Key100] = -400, [Key200] = 204 }, reply.Statuses());
        Assert.Contains("tcrmCreatedAt is not in epoch milliseconds", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ExistingResume_ReplacesIt()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string first = await wire.UploadAsync(File);
        string second = await wire.UploadAsync("other"u8.ToArray(), "b.doc");
        await wire.WriteAsync(first, "a");
        await wire.WriteAsync(second, "a");
        EmulatedResume resume = Assert.Single(wire.Emulator.Resumes);
        Assert.Equal((second, 2, 2L), (resume.File.Urn, resume.TimesWritten, wire.Emulator.Upserts));
    }

    [Fact]
    public async Task Delete_UnknownResume_Returns404OrSuccess()
    {
        await using WireFixture strict = await WireFixture.StartAsync();
        Assert.Equal([-404], (await strict.DeleteAsync(WireFixture.Query(("a", "a")))).Statuses().Values);
        await using WireFixture lenient = await WireFixture.StartAsync(_ => new EmulatorOptions { DeleteUnknownSucceeds = true });
        Assert.Equal(
            [204],
            (await lenient.DeleteAsync(WireFixture.Query(("a", "a")), "X-RestLi-Method: BATCH_DELETE")).Statuses().Values
        );
    }

    [Fact]
    public async Task Update_RestLi1Keys_ReturnsSortedJavaEncodedKeys()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        const string Id = "a b*c~d.e-f_g%2Bh%26i%3Dj%25k%28l%29%C3%A9%2F";
        WireFixture.Reply reply = await wire.PutAsync(
            WireFixture.Query((Id.Replace(" ", "+", StringComparison.Ordinal), "r%201")),
            WireFixture.Entities(WireFixture.Entity(Id.Replace("%C3%A9", "é", StringComparison.Ordinal), "r+1", file))
        );
        Assert.Equal(
            """{"results":{"dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1234567890&tcrmCandidateId=a+b*c%7Ed.e-f_g%2Bh%26i%3Dj%25k%28l%29%C3%A9%2F&tcrmResumeId=r+1":{"status":204}},"errors":{}}""",
            reply.Body
        );
        Assert.NotNull(wire.Emulator.FindResume("a b*c~d.e-f_g+h&i=j%k(l)é/", "r 1", WireFixture.Organization));
    }

    [Fact]
    public async Task Update_RestLi2Keys_ReturnsSortedMinimallyEncodedKeys()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        const string Query =
            "ids=List((tcrmCandidateId:a%20b%2A%2C%28c%29%27%3A%25%C3%A9%2B,integrationContext:urn%3Ali%3Aorganization%3A1234567890,dataProvider:PARTNER,tcrmResumeId:r1),(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,tcrmCandidateId:b,tcrmResumeId:r2))";
        const string Key1 =
            "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,tcrmCandidateId:a "
            + "b*%2C%28c%29%27%3A%25é+,tcrmResumeId:r1)";
        const string Key2 =
            "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,tcrmCandidateId:b,tcrmResumeId:r2)";
        string[] headers =
        [
            "X-RestLi-Protocol-Version: 2.0.0",
            "X-RestLi-Method: batch_update",
            "Content-Type: application/json",
        ];
        WireFixture.Reply reply = await wire.PutAsync(
            Query,
            WireFixture.Entities(
                $$"""
                "(tcrmResumeId:r1,tcrmCandidateId:a b*%2C%28c%29%27%3A%25é+,dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890)":{"resumeFile":"{{file}}","tcrmCreatedAt":1670935153000}
                """,
                $$"""
                "{{Key2}}":{"tcrmCreatedAt":1670935153000,"resumeFile":"{{file}}"}
                """
            ),
            headers
        );
        Assert.Equal((200, "2.0.0"), (reply.Status, reply.Header("X-RestLi-Protocol-Version")));
        Assert.Equal(new Dictionary<string, int> { [Key1] = 204, [Key2] = 204 }, reply.Statuses());
        Assert.NotNull(wire.Emulator.FindResume("a b*,(c)':%é+", "r1", WireFixture.Organization));
        Assert.Equal(
            new Dictionary<string, int> { [Key1] = 204, [Key2] = 204 },
            (await wire.DeleteAsync(Query, "X-RestLi-Protocol-Version: 2.0.0")).Statuses()
        );
    }

    [Theory]
    [InlineData("", "'ids' is required")]
    [InlineData(
        "tcrmCandidateIdId=1&dataProvider=PARTNER&integrationContext=urn:li:organization:1?ids=2",
        "Invalid query parameters"
    )]
    [InlineData("ids[0].tcrmCandidateIdId=1", "'tcrmCandidateIdId' is not a part of the key")]
    [InlineData("ids[0].tcrmCandidateId=1&ids[0].tcrmCandidateId=1", "given more than once")]
    [InlineData("ids[0].tcrmCandidateId=1&ids[2].tcrmCandidateId=2", "index 1 is missing")]
    [InlineData("ids[0].tcrmCandidateId=a=b", "percent-encoded")]
    [InlineData("ids[0].tcrmCandidateId=a?b", "percent-encoded")]
    [InlineData("ids=List((tcrmCandidateId:1))", "Invalid query parameters")]
    [InlineData("ids=1", "Invalid query parameters")]
    [InlineData("ids[0].tcrmCandidateId=1&fields=a", "Invalid query parameters")]
    public async Task Delete_MalformedRestLi1Query_IsRejected(string query, string message)
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        WireFixture.Reply reply = await wire.DeleteAsync(query);
        Assert.Equal(400, reply.Status);
        Assert.Contains(message, reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ids[0].tcrmCandidateId=1")]
    [InlineData("ids=List((tcrmCandidateId:a,tcrmCandidateId:b))")]
    [InlineData("ids=List((tcrmCandidateId:urn:li))")]
    [InlineData("ids=List((tcrmCandidateId=1))")]
    [InlineData("ids=List((tcrmCandidateId:))")]
    [InlineData("ids=List((tcrmCandidateId:a+b))")]
    [InlineData("ids=List((tcrmCandidateId:a)(tcrmCandidateId:b))")]
    [InlineData("ids=List((tcrmCandidateId:a),)")]
    [InlineData("ids=List()")]
    [InlineData("ids=List%28%28tcrmCandidateId%3Aa%29%29")]
    [InlineData("ids=List((tcrmCandidateIdId:a))")]
    [InlineData("ids=List((tcrmCandidateId:a))&start=1")]
    public async Task Delete_MalformedRestLi2Query_IsRejected(string query)
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        Assert.Equal(400, (await wire.DeleteAsync(query, "X-RestLi-Protocol-Version: 2.0.0")).Status);
    }

    [Theory]
    [InlineData(
        "ids[0].tcrmCandidateId=1&ids[0].dataProvider=PARTNER&ids[0].integrationContext=urn:li:organization:1",
        "tcrmResumeId is required"
    )]
    [InlineData(
        "ids[0].tcrmCandidateId=&ids[0].tcrmResumeId=1&ids[0].dataProvider=PARTNER&ids[0].integrationContext=urn:li:organization:1",
        "tcrmCandidateId is required"
    )]
    [InlineData(
        "ids[0].tcrmCandidateId=1&ids[0].tcrmResumeId=1&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1",
        "dataProvider 'ATS' is not PARTNER"
    )]
    [InlineData(
        "ids[0].tcrmCandidateId=1&ids[0].tcrmResumeId=1&ids[0].dataProvider=PARTNER&ids[0].integrationContext=1",
        "integrationContext '1'"
    )]
    public async Task Delete_InvalidKey_Returns400ForKey(string query, string message)
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        WireFixture.Reply reply = await wire.DeleteAsync(query);
        Assert.Equal(200, reply.Status);
        Assert.Equal([-400], reply.Statuses().Values);
        Assert.Contains(message, reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_QueryAndBodyDiffer_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        string a = WireFixture.Entity("a", "a", file);
        string b = WireFixture.Entity("b", "b", file);
        string query = WireFixture.Query(("a", "a"), ("b", "b"));
        async Task Refused(string query, string body, string message)
        {
            WireFixture.Reply reply = await wire.PutAsync(query, body);
            Assert.Equal(400, reply.Status);
            Assert.Contains(message, reply.Body, StringComparison.Ordinal);
        }

        await Refused(query, "", "Empty entity body is not allowed for batch_update method request");
        await Refused(
            query,
            WireFixture.Entities(a, a.Replace("=a&", "=%61&", StringComparison.Ordinal)),
            "Duplicate key in batch request body"
        );
        await Refused(query, WireFixture.Entities(a, a), "Duplicate key in batch request body");
        await Refused(query, WireFixture.Entities(a), "Batch request mismatch. URI keys: [dataProvider=");
        await Refused(
            WireFixture.Query(("a", "a")),
            WireFixture.Entities(b),
            "Batch request mismatch. Entity key 'tcrmCandidateId=b&"
        );
        await Refused(query, WireFixture.Entities("\"a\":{}"), "Invalid key: 'a'");
        await Refused(
            query,
            WireFixture.Entities(a.Replace("tcrmCandidateId=a", "tcrmCandidateId=a%", StringComparison.Ordinal)),
            "Invalid key: '"
        );
        await Refused(
            query,
            WireFixture.Entities(a, b.Replace("resumeFile", "resumefile", StringComparison.Ordinal)),
            "resumefile :: unrecognized field"
        );
        await Refused(
            query,
            WireFixture.Entities(a, b.Replace(",\"tcrmCreatedAt\":1670935153000", "", StringComparison.Ordinal)),
            "tcrmCreatedAt :: field is required"
        );
        await Refused(
            query,
            WireFixture.Entities(a, b.Replace("1670935153000", "\"1670935153000\"", StringComparison.Ordinal)),
            "cannot be coerced to Long"
        );
        await Refused(query, "{}", "/entities :: field is required");
        await Refused(query, "{\"entities\":{},\"more\":1}", "/more :: unrecognized field");
        await Refused(WireFixture.Query(("a", "a"), ("a", "a")), WireFixture.Entities(a), "given more than once");
        Assert.Equal(0, wire.Emulator.ResumeCount);
        Assert.Equal(200, (await wire.PutAsync(query, WireFixture.Entities(b, a))).Status);
    }

    [Fact]
    public async Task Update_UnknownBlob_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        Assert.Equal([-400], (await wire.WriteAsync(file.Replace(":/", ":", StringComparison.Ordinal), "a")).Statuses().Values);
        Assert.Equal([-400], (await wire.WriteAsync(file + "x", "a")).Statuses().Values);
        Assert.Equal([-400], (await wire.WriteAsync(file["urn:li:ambryBlob:".Length..], "a")).Statuses().Values);
        Assert.Equal([204], (await wire.WriteAsync(file, "a")).Statuses().Values);
    }

    [Fact]
    public async Task Update_WrongMethodHeader_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        string query = WireFixture.Query(("a", "a"));
        string body = WireFixture.Entities(WireFixture.Entity("a", "a", file));
        Assert.Equal(400, (await wire.PutAsync(query, body, "Content-Type: application/json")).Status);
        WireFixture.Reply other = await wire.PutAsync(query, body, "Content-Type: application/json", "X-RestLi-Method: update");
        Assert.Contains("Method 'update' is not supported for URI", other.Body, StringComparison.Ordinal);
        Assert.Equal(400, (await wire.PutAsync(query, body, "Content-Type: text/plain", "X-RestLi-Method: batch_update")).Status);
        Assert.Equal(400, (await wire.DeleteAsync(query, "X-RestLi-Method: batch_update")).Status);
        WireFixture.Reply version = await wire.DeleteAsync(query, "X-RestLi-Protocol-Version: 3.0.0");
        Assert.Contains(
            "Rest.li protocol version 3.0.0 used by the client is not supported!",
            version.Body,
            StringComparison.Ordinal
        );
        Assert.Equal(405, (await wire.SendAsync("POST", $"/v2/tcrmCandidateResumes?{query}", [])).Status);

        await using WireFixture inferring = await WireFixture.StartAsync(_ => new EmulatorOptions { InferResumeMethod = true });
        Assert.Equal(200, (await inferring.PutAsync(query, body, "Content-Type: application/json")).Status);
    }

    [Fact]
    public async Task Update_TooManyRecordsOrTooLongQuery_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        string[] ids = [.. Enumerable.Range(0, 101).Select(id => $"c{id}")];
        Assert.Equal(414, (await wire.WriteAsync(file, ids[..100])).Status);
        Assert.Equal(200, (await wire.WriteTunnelledAsync(file, ids[..100])).Status);
        WireFixture.Reply reply = await wire.WriteTunnelledAsync(file, ids);
        Assert.Equal(400, reply.Status);
        Assert.Contains("101 records", reply.Body, StringComparison.Ordinal);

        string atLimit = WireFixture.Query(("a", "a"));
        atLimit += new string('a', 4096 - atLimit.Length);
        Assert.Equal(200, (await wire.DeleteAsync(atLimit)).Status);
        Assert.Equal(414, (await wire.DeleteAsync(atLimit + "a")).Status);
        Assert.Equal(
            414,
            (await wire.SendAsync("GET", "/v2/" + string.Join('/', Enumerable.Repeat(new string('a', 1000), 9)))).Status
        );
        Assert.Equal(3, wire.Emulator.ResponseCounts[414]);
    }

    [Fact]
    public async Task Tunnel_ValidRequest_ActsLikeQuery()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
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
        "--b1\nContent-Type: application/x-www-form-urlencoded\n\nQ\n--b1\nContent-Type: application/json\n\nB\n--b1--"
    )]
    [InlineData("multipart/mixed; boundary=b1", "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1--")]
    [InlineData(
        "multipart/mixed; boundary=b1",
        "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1\r\nContent-Type: "
            + "application/json\r\n\r\nB\r\n--b1\r\nContent-Type: application/json\r\n\r\nB\r\n--b1--"
    )]
    [InlineData(
        "multipart/mixed; boundary=b1",
        "--b1\r\nContent-Type: application/json\r\n\r\nB\r\n--b1\r\nContent-Type: "
            + "application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1--"
    )]
    [InlineData("multipart/mixed; boundary=b1", "--b1\r\n\r\nQ\r\n--b1\r\nContent-Type: application/json\r\n\r\nB\r\n--b1--")]
    [InlineData(
        "multipart/mixed; boundary=b1",
        "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1\r\nContent-Type: "
            + "application/json\r\n\r\nB\r\n--b1"
    )]
    [InlineData(
        "multipart/mixed; boundary=b1",
        "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1\r\nContent-Type: "
            + "application/json\r\n\r\nB\r\n--b1--\r\nmore"
    )]
    [InlineData(
        "multipart/mixed; boundary=b1",
        "\r\n--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1\r\nContent-Type: "
            + "application/json\r\n\r\nB\r\n--b1--"
    )]
    [InlineData(
        "multipart/mixed; boundary=b2",
        "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1\r\nContent-Type: "
            + "application/json\r\n\r\nB\r\n--b1--"
    )]
    [InlineData(
        "multipart/mixed",
        "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1\r\nContent-Type: "
            + "application/json\r\n\r\nB\r\n--b1--"
    )]
    [InlineData(
        "multipart/form-data; boundary=b1",
        "--b1\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nQ\r\n--b1\r\nContent-Type: "
            + "application/json\r\n\r\nB\r\n--b1--"
    )]
    [InlineData("application/x-www-form-urlencoded", "Q")]
    public async Task Tunnel_MalformedRequest_IsRejected(string contentType, string body)
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
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

    [Fact]
    public async Task RecordQuota_SlidingWindow_CountsAny60Seconds()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RecordsPerMinute = 5,
        });
        string file = await wire.UploadAsync(File);
        wire.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await wire.WriteAsync(file, "a", "b", "c")).Status);
        wire.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await wire.DeleteAsync(WireFixture.Query(("a", "a"), ("b", "b")))).Status);
        WireFixture.Reply refused = await wire.WriteAsync(file, "d");
        Assert.Equal(429, refused.Status);
        Assert.Equal(
            """{"message":"Resource level throttle limit for calls to this resource is reached.","""
                + "\"serviceErrorCode\":101,\"status\":429}",
            refused.Body
        );
        Assert.Null(refused.Header("Retry-After"));
        Assert.Equal(6, wire.Emulator.Quota.MostRecordsInOneMinute);

        wire.Time.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Assert.Equal(429, (await wire.WriteAsync(file, "d")).Status);
        wire.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(429, (await wire.WriteAsync(file, "d", "e", "f", "g")).Status);
        Assert.Equal(200, (await wire.WriteAsync(file, "d", "e", "f")).Status);
        Assert.Equal(
            (3L, 3L, 0L, 8L),
            (
                wire.Emulator.Quota.RefusedByQuota,
                wire.Emulator.Quota.RefusedByMinute,
                wire.Emulator.Quota.RefusedByDay,
                wire.Emulator.Quota.Records
            )
        );
    }

    [Fact]
    public async Task RecordQuota_FixedWindow_CountsClockMinute()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RecordsPerMinute = 5,
            QuotaWindow = QuotaWindow.Fixed,
            QuotaRetryAfter = QuotaRetryAfter.Seconds,
        });
        string file = await wire.UploadAsync(File);
        wire.Time.Advance(TimeSpan.FromSeconds(58.5));
        Assert.Equal(200, (await wire.WriteAsync(file, "a", "b", "c", "d", "e")).Status);
        WireFixture.Reply refused = await wire.WriteAsync(file, "f");
        Assert.Equal((429, "2"), (refused.Status, refused.Header("Retry-After")));
        wire.Time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(200, (await wire.WriteAsync(file, "f", "g", "h", "i", "j")).Status);
        Assert.Equal((11, 1L), (wire.Emulator.Quota.MostRecordsInOneMinute, wire.Emulator.Quota.RefusedByQuota));
    }

    [Fact]
    public async Task RequestQuota_Default_CountsUtcDay()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RequestsPerDay = 3,
            QuotaRetryAfter = QuotaRetryAfter.Date,
        });
        string file = await wire.UploadAsync(File);
        Assert.Equal(200, (await wire.WriteAsync(file, "a")).Status);
        Assert.Equal(400, (await wire.PutAsync("", "{}")).Status);
        Assert.Equal(429, (await wire.MediaUrlAsync()).Status);
        WireFixture.Reply refused = await wire.WriteAsync(file, "a");
        Assert.Equal((429, "Tue, 06 Jan 2026 00:00:00 GMT"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(401, (await wire.SendAsync("PUT", "/v2/tcrmCandidateResumes", [], "Authorization: Bearer x")).Status);

        wire.Time.Advance(TimeSpan.FromHours(16) - TimeSpan.FromTicks(1));
        Assert.Equal(429, (await wire.WriteAsync(file, "a")).Status);
        wire.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(200, (await wire.WriteAsync(file, "a")).Status);
        QuotaUsage quota = wire.Emulator.Quota;
        Assert.Equal((1L, 3L, 3L), (quota.RequestsToday, quota.RefusedByDay, quota.RequestsPerDay[new DateOnly(2026, 1, 5)]));
        wire.Emulator.ResetQuota();
        Assert.Equal(
            (0L, 0L, 0L),
            (wire.Emulator.Quota.RequestsToday, wire.Emulator.Quota.RefusedByQuota, wire.Emulator.Quota.Records)
        );
    }

    [Fact]
    public async Task RequestQuota_ScopeUploads_CountsUploads()
    {
        await using WireFixture wire = await WireFixture.StartAsync(_ => new EmulatorOptions
        {
            RequestsPerDay = 1,
            DailyQuota = QuotaScope.Uploads,
        });
        await wire.UploadAsync(File);
        string url = (await wire.MediaUrlAsync()).Header("x-linkedin-id")!;
        Assert.Equal(429, (await wire.SendAsync("POST", $"{url}&x-ambry-filename=a.pdf", File)).Status);
    }

    [Fact]
    public async Task ResumeFaults_PerRecord_RejectOmitOrAddKeys()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        wire.Emulator.ResumeFaults.Add(ResumeFault.Refuse(429) with { CandidateIdPrefix = "a", Every = 2, Times = 1 });
        wire.Emulator.ResumeFaults.Add(
            ResumeFault.Refuse(500) with
            {
                Where = (candidate, _) => candidate == "b1",
                TakesEffect = true,
            }
        );
        wire.Emulator.ResumeFaults.Add(ResumeFault.NoAnswer() with { CandidateIdPrefix = "c" });
        wire.Emulator.ResumeFaults.Add(ResumeFault.StrayAnswer() with { CandidateIdPrefix = "d" });
        WireFixture.Reply reply = await wire.WriteAsync(file, "a1", "a2", "a3", "a4", "b1", "c1", "d1");
        Assert.Equal(
            ["a1:204", "a2:-429", "a3:204", "a4:204", "b1:-500", "d1-unexpected:204", "d1:204"],
            reply
                .Statuses()
                .Select(entry => $"{entry.Key.Split("tcrmCandidateId=")[1].Split('&')[0]}:{entry.Value}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["a1", "a3", "a4", "b1", "d1"],
            wire.Emulator.Resumes.Select(resume => resume.CandidateId).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Update_ManyRecords_ReturnsKeysInStableShuffledOrder()
    {
        string[] ids = [.. Enumerable.Range(0, 20).Select(id => $"c{id:00}")];
        string[] Order(WireFixture.Reply reply) => [.. reply.Statuses().Keys.Select(key => key[^3..])];
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        string[] order = Order(await wire.WriteTunnelledAsync(file, ids));
        Assert.NotEqual(ids, order);
        Assert.Equal(order, Order(await wire.WriteTunnelledAsync(file, [.. ids.Reverse()])));

        await using WireFixture inOrder = await WireFixture.StartAsync(_ => new EmulatorOptions
        {
            ResumesAnsweredInOrder = true,
            DeleteUnknownSucceeds = true,
        });
        Assert.Equal(ids, Order(await inOrder.DeleteAsync(WireFixture.Query([.. ids.Select(id => (id, id))]))));
    }
}
