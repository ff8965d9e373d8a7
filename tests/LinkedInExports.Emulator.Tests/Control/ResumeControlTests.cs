using System.Text;
using System.Text.Json;

namespace LinkedInExports.Emulator.Tests.Control;

/// <summary>The control API for candidate resumes, which tests in other processes use.</summary>
public sealed class ResumeControlTests
{
    private static readonly byte[] File = "Jane Doe, engineer"u8.ToArray();

    [Fact]
    public async Task ListResumesAndFiles_SeveralPages_ReturnsPages()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File, "jane.pdf");
        await wire.WriteAsync(file, "a", "b", "c");
        await wire.WriteAsync(file, "b");

        JsonElement page = await GetAsync(wire, "/emulator/resumes?start=1&count=1");
        Assert.Equal(
            (3, 1, 1),
            (
                page.GetProperty("total").GetInt32(),
                page.GetProperty("start").GetInt32(),
                page.GetProperty("elements").GetArrayLength()
            )
        );
        JsonElement resume = page.GetProperty("elements")[0];
        Assert.Equal(
            ("b", "b", WireFixture.Organization, 2, 1670935153000),
            (
                resume.GetProperty("candidateId").GetString(),
                resume.GetProperty("resumeId").GetString(),
                resume.GetProperty("integrationContext").GetString(),
                resume.GetProperty("timesWritten").GetInt32(),
                resume.GetProperty("createdAt").GetInt64()
            )
        );

        JsonElement blob = (await GetAsync(wire, "/emulator/blobs")).GetProperty("elements")[0];
        foreach (JsonElement same in new[] { resume.GetProperty("file"), blob })
        {
            Assert.Equal(
                (file, File.Length, "jane.pdf", "application/pdf"),
                (
                    same.GetProperty("urn").GetString(),
                    same.GetProperty("length").GetInt32(),
                    same.GetProperty("fileName").GetString(),
                    same.GetProperty("declaredType").GetString()
                )
            );
            Assert.Equal(TestHash.Sha256(File), same.GetProperty("sha256").GetString());
        }

        Assert.Equal(400, (await wire.SendAsync("GET", "/emulator/resumes?count=0")).Status);
    }

    [Fact]
    public async Task Quotas_AfterRequests_AreReportedAndReset()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            RecordsPerMinute = 2,
        });
        string file = await wire.UploadAsync(File);
        await wire.WriteAsync(file, "a", "b");
        Assert.Equal(429, (await wire.WriteAsync(file, "c")).Status);

        JsonElement quota = await GetAsync(wire, "/emulator/quota");
        JsonElement use = quota.GetProperty("use");
        Assert.Equal(
            ("sliding", 2, 2L),
            (
                quota.GetProperty("quotaWindow").GetString(),
                quota.GetProperty("recordsPerMinute").GetInt32(),
                quota.GetProperty("upserts").GetInt64()
            )
        );
        Assert.Equal(
            (3L, 3L, 2L, 3, 1L),
            (
                use.GetProperty("requestsToday").GetInt64(),
                use.GetProperty("requestsPerDay").GetProperty("2026-01-05").GetInt64(),
                use.GetProperty("records").GetInt64(),
                use.GetProperty("mostRecordsInOneMinute").GetInt32(),
                use.GetProperty("refusedByQuota").GetInt64()
            )
        );
        Assert.Equal(1, quota.GetProperty("answers").GetProperty("429").GetInt64());

        Assert.Equal(204, (await wire.SendAsync("POST", "/emulator/quota/reset")).Status);
        Assert.Equal(200, (await wire.WriteAsync(file, "c")).Status);
    }

    [Fact]
    public async Task ResumeFaults_SetAndCleared_AreListed()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(File);
        const string Faults = """
            [{"kind":"refuse","statusCode":429,"candidateIdPrefix":"a","every":2,"times":3,"takesEffect":true},{"kind":"noAnswer","resumeIdPrefix":"b"}]
            """;
        Assert.Equal(204, (await wire.SendAsync("POST", "/emulator/resumes/faults", Encoding.UTF8.GetBytes(Faults))).Status);
        Assert.Equal(
            ["a1:204", "a2:-429", "c:204"],
            (await wire.WriteAsync(file, "a1", "a2", "b", "c"))
                .Statuses()
                .Select(entry => $"{entry.Key.Split("tcrmResumeId=")[1]}:{entry.Value}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(["a1", "a2", "c"], wire.Emulator.Resumes.Select(resume => resume.CandidateId).Order(StringComparer.Ordinal));

        JsonElement pending = await GetAsync(wire, "/emulator/resumes/faults");
        Assert.Equal(
            (2, 2, -1),
            (pending.GetArrayLength(), pending[0].GetProperty("times").GetInt32(), pending[1].GetProperty("times").GetInt32())
        );
        Assert.Equal(204, (await wire.SendAsync("DELETE", "/emulator/resumes/faults")).Status);
        Assert.Equal(0, (await GetAsync(wire, "/emulator/resumes/faults")).GetArrayLength());
    }

    [Theory]
    [InlineData("""{"kind":"refuse"}""")]
    [InlineData("""{"kind":"refuse","statusCode":204}""")]
    [InlineData("""{"kind":"noAnswer","every":0}""")]
    [InlineData("""{"kind":"noAnswer","times":0}""")]
    [InlineData("""{"kind":"noAnswer","candidateId":"a"}""")]
    [InlineData("""{"kind":"other"}""")]
    [InlineData("""[{"kind":"noAnswer"},null]""")]
    [InlineData("")]
    public async Task ResumeFaults_InvalidFault_IsRejected(string fault)
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        Assert.Equal(400, (await wire.SendAsync("POST", "/emulator/resumes/faults", Encoding.UTF8.GetBytes(fault))).Status);
        Assert.Equal(0, (await GetAsync(wire, "/emulator/resumes/faults")).GetArrayLength());
    }

    [Fact]
    public async Task ExpireLinks_UploadLinks_AreExpired()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string url = (await wire.MediaUrlAsync()).Header("x-linkedin-id")! + "&x-ambry-filename=a.pdf";
        Assert.Equal(204, (await wire.SendAsync("POST", "/emulator/links/expire")).Status);
        Assert.Equal(401, (await wire.SendAsync("POST", url, File)).Status);
    }

    [Fact]
    public async Task Log_OverControlApi_ContainsNoTokenOrSignature()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string url = (await wire.MediaUrlAsync()).Header("x-linkedin-id")!;
        await wire.SendAsync("POST", url + "&x-ambry-filename=a.pdf", File);
        WireFixture.Reply log = await wire.SendAsync("GET", "/emulator/requests");
        Assert.Contains("x-ambry-filename=a.pdf", log.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(url.Split("-ep=")[1], log.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(wire.Emulator.AccessToken, log.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OverLimit_KeepsNewestRequestsWithoutUploads()
    {
        await using WireFixture wire = await WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            LoggedRequests = 2,
        });
        string file = await wire.UploadAsync(File);
        await wire.WriteAsync(file, "a");
        Assert.Equal(
            ["/ambry/", "/v2/tcrmCandidateResumes"],
            wire.Emulator.Requests.Select(request => request.RawTarget.Split('?')[0])
        );
        Assert.Empty(wire.Emulator.Requests[0].Body);
    }

    private static async Task<JsonElement> GetAsync(WireFixture wire, string path)
    {
        WireFixture.Reply reply = await wire.SendAsync("GET", path);
        Assert.Equal(200, reply.Status);
        using var json = JsonDocument.Parse(reply.Body);
        return json.RootElement.Clone();
    }
}
