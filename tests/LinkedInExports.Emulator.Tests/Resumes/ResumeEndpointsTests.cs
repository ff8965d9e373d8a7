using System.Text;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Resumes;

/// <summary>Updates and deletions of resumes, byte by byte.</summary>
public sealed class ResumeEndpointsTests
{
    private const string KeyStart = "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1234567890";

    private const string Key100 = KeyStart + "&tcrmCandidateId=tcrmCandidateId100&tcrmResumeId=resumeid100";

    private const string Key200 = KeyStart + "&tcrmCandidateId=tcrmCandidateId200&tcrmResumeId=resumeid200";

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

    [Fact]
    public async Task UpdateAndDelete_TutorialRequests_ReturnTutorialResponses()
    {
        await using WireFixture wire = await WireFixture.StartAsync(_ => new EmulatorOptions { RefuseSeconds = false });
        wire.Emulator.AddBlob(SampleFile1, WireFixture.Resume, "datafile");
        wire.Emulator.AddBlob(SampleFile2, WireFixture.Resume, "datafile");
        WireFixture.Reply update = await wire.SendAsync(
            "PUT",
            SampleTarget,
            Encoding.UTF8.GetBytes(SampleBody),
            "x-restli-method: batch_update",
            WireFixture.Json
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
        wire.Emulator.AddBlob(SampleFile1, WireFixture.Resume, "datafile");
        wire.Emulator.AddBlob(SampleFile2, WireFixture.Resume, "datafile");
        WireFixture.Reply reply = await wire.SendAsync(
            "PUT",
            SampleTarget,
            Encoding.UTF8.GetBytes(
                SampleBody.Replace("1670935153\n    }\n   }", "1670935153000\n    }\n   }", StringComparison.Ordinal)
            ),
            "x-restli-method: batch_update",
            WireFixture.Json
        );
        Assert.Equal(new Dictionary<string, int> { [Key100] = -400, [Key200] = 204 }, reply.Statuses());
        Assert.Contains("tcrmCreatedAt is not in epoch milliseconds", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ExistingResume_ReplacesIt()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string first = await wire.UploadAsync(WireFixture.Resume);
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
    public async Task Update_QueryAndBodyDiffer_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(WireFixture.Resume);
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
        string file = await wire.UploadAsync(WireFixture.Resume);
        Assert.Equal([-400], (await wire.WriteAsync(file.Replace(":/", ":", StringComparison.Ordinal), "a")).Statuses().Values);
        Assert.Equal([-400], (await wire.WriteAsync(file + "x", "a")).Statuses().Values);
        Assert.Equal([-400], (await wire.WriteAsync(file["urn:li:ambryBlob:".Length..], "a")).Statuses().Values);
        Assert.Equal([204], (await wire.WriteAsync(file, "a")).Statuses().Values);
    }

    [Fact]
    public async Task Update_WrongMethodHeader_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(WireFixture.Resume);
        string query = WireFixture.Query(("a", "a"));
        string body = WireFixture.Entities(WireFixture.Entity("a", "a", file));
        Assert.Equal(400, (await wire.PutAsync(query, body, WireFixture.Json)).Status);
        WireFixture.Reply other = await wire.PutAsync(query, body, WireFixture.Json, "X-RestLi-Method: update");
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
        Assert.Equal(200, (await inferring.PutAsync(query, body, WireFixture.Json)).Status);
    }

    [Fact]
    public async Task Update_TooManyRecordsOrTooLongQuery_IsRejected()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(WireFixture.Resume);
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
    public async Task ResumeFaults_PerRecord_RejectOmitOrAddKeys()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(WireFixture.Resume);
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
        string file = await wire.UploadAsync(WireFixture.Resume);
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
