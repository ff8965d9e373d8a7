using System.Net.Sockets;
using System.Text;

namespace LinkedInExports.Emulator.Tests.JavaScript;

/// <summary>
/// The bytes that LinkedIn's client <c>linkedin-api-client</c> 0.3.0 sends (npm, with axios), recorded from its calls. The
/// emulator must accept them.
/// </summary>
public sealed class JavaScriptClientTests
{
    private const string KeyStart = "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,";

    private const string OddKeys =
        KeyStart
        + "tcrmCandidateId:x.y%5B0%5D~z*,tcrmResumeId:!a%27%28b%29%2Cc%3Ad%2Fe%20f%2Bg%25h),"
        + KeyStart
        + "tcrmCandidateId:M%C3%BCller,tcrmResumeId:1)";

    public static TheoryData<string, string> Bases => new() { { "/v2", "" }, { "/rest", "LinkedIn-Version: 202603\r\n" } };

    [Theory]
    [MemberData(nameof(Bases))]
    public async Task Exports_SentByTheClient_AreAccepted(string prefix, string version)
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync(
            new EmulatorOptions { ProcessingTime = TimeSpan.Zero }
        );
        string created = await SendAsync(
            emulator,
            "POST",
            $"{prefix}/crmDataValidationExportJobs?crmInstanceId={WireFixture.Crm}",
            "create",
            version,
            """{"exportStartAt":1533772800000}"""
        );
        Assert.StartsWith("HTTP/1.1 201", created, StringComparison.Ordinal);
        Assert.Contains(
            "\"COMPLETED\"",
            await SendAsync(
                emulator,
                "GET",
                $"{prefix}/crmDataValidationExportJobs/148?crmInstanceId={WireFixture.Crm}",
                "get",
                version
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Fabrikam",
            await SendAsync(emulator, "GET", $"{prefix}/salesContracts?q=contractsByMember", "finder", version),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{prefix}/salesContracts?q=contractsByMember&start=2&count=1",
            await SendAsync(emulator, "GET", $"{prefix}/salesContracts?start=1&count=1&q=contractsByMember", "finder", version),
            StringComparison.Ordinal
        );
        string job = await SendAsync(
            emulator,
            "POST",
            $"{prefix}/salesAnalyticsExportJobs?action=exportActivityData",
            "action",
            version,
            """{"startAt":1700000000000,"endAt":1700086400000,"contract":"urn:li:contract:7001"}"""
        );
        Assert.Contains("\"id\":100004", job, StringComparison.Ordinal);
        Assert.Contains(
            "\"rowCount\":24",
            await SendAsync(
                emulator,
                "GET",
                $"{prefix}/salesAnalyticsExportJobs/100004?contract=urn%3Ali%3Acontract%3A7001",
                "get",
                version
            ),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Bases))]
    public async Task Resumes_SentByTheClient_AreAccepted(string prefix, string version)
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync();
        string file = emulator.AddBlob("/AAYjane.pdf", "%PDF-1.7"u8.ToArray(), "jane.pdf").Urn;
        string entity = $$"""{"resumeFile":"{{file}}","tcrmCreatedAt":1670935153000}""";
        string entities = string.Join(
            ',',
            OddKeys.Replace("),(", ")\n(", StringComparison.Ordinal).Split('\n').Select(key => $"\"{key}\":{entity}")
        );
        string updated = await SendAsync(
            emulator,
            "PUT",
            $"{prefix}/tcrmCandidateResumes?ids=List({OddKeys})",
            "batch_update",
            version,
            "{\"entities\":{" + entities + "}}"
        );
        Assert.EndsWith("\"errors\":{}}", updated, StringComparison.Ordinal);
        Assert.NotNull(emulator.FindResume("x.y[0]~z*", "!a'(b),c:d/e f+g%h", WireFixture.Organization));
        Assert.NotNull(emulator.FindResume("Müller", "1", WireFixture.Organization));

        string deleted = await SendAsync(
            emulator,
            "DELETE",
            $"{prefix}/tcrmCandidateResumes?ids=List({OddKeys})",
            "batch_delete",
            version
        );
        Assert.EndsWith("\"errors\":{}}", deleted, StringComparison.Ordinal);
        Assert.Equal(0, emulator.ResumeCount);
    }

    [Fact]
    public async Task TunneledBatch_SentByTheClient_IsAccepted()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync();
        string file = emulator.AddBlob("/AAYjane.pdf", "%PDF-1.7"u8.ToArray(), "jane.pdf").Urn;
        string[] keys =
        [
            .. Enumerable.Range(0, 100).Select(number => KeyStart + $"tcrmCandidateId:C-{number},tcrmResumeId:R!*-{number})"),
        ];
        string entities = string.Join(
            ',',
            keys.Select(key =>
                $$"""
                    "{{key}}":{"resumeFile":"{{file}}","tcrmCreatedAt":1670935153000}
                    """
            )
        );
        string body =
            $"--8s6l1fdhj27\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nids=List({string.Join(',', keys)})\r\n"
            + $"--8s6l1fdhj27\r\nContent-Type: application/json\r\n\r\n{{\"entities\":{{{entities}}}}}\r\n--8s6l1fdhj27--";
        string answer = await SendAsync(
            emulator,
            "POST",
            "/v2/tcrmCandidateResumes",
            "batch_update",
            "X-HTTP-Method-Override: PUT\r\n",
            body,
            "multipart/mixed; boundary=8s6l1fdhj27"
        );
        Assert.EndsWith("\"errors\":{}}", answer, StringComparison.Ordinal);
        Assert.Equal(100, emulator.ResumeCount);
    }

    [Fact]
    public async Task Upload_WithANameThatEncodeUriComponentLeavesReadable_IsAccepted()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string link = (await wire.MediaUrlAsync()).Header("x-linkedin-id")!;
        string target = new Uri(link).PathAndQuery + "&x-ambry-filename=Jane%20O%27Neill%20(1)*!.pdf";
        string answer = await SendAsync(wire.Emulator, "POST", target, null, "", "%PDF-1.7", "application/x-www-form-urlencoded");
        Assert.StartsWith("HTTP/1.1 201", answer, StringComparison.Ordinal);
        Assert.Equal("Jane O'Neill (1)*!.pdf", Assert.Single(wire.Emulator.Blobs).FileName);
    }

    [Fact]
    public async Task AuthorizationUrl_BuiltByTheClient_IsAccepted()
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync();
        string answer = await SendAsync(
            emulator,
            "GET",
            $"/oauth/v2/authorization?response_type=code&client_id={emulator.ClientId}&redirect_uri=http://localhost:8912/callback&scope=r_sales_nav_analytics,r_sales_nav_validation&state=state",
            null,
            ""
        );
        Assert.StartsWith("HTTP/1.1 302", answer, StringComparison.Ordinal);
        Assert.Contains("Location: http://localhost:8912/callback?code=", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ids=List((dataProvider:PARTNER,integrationContext:urn:li:organization:1,tcrmCandidateId:a,tcrmResumeId:b))")]
    [InlineData(
        "ids=List((dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:a'b,tcrmResumeId:b))"
    )]
    [InlineData(
        "ids=List((dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1,tcrmCandidateId:a(b),tcrmResumeId:b))"
    )]
    public async Task Query_WithUnencodedSyntaxOfRestLi_IsRejected(string query)
    {
        await using LinkedInEmulator emulator = await LinkedInEmulator.StartAsync();
        Assert.StartsWith(
            "HTTP/1.1 400",
            await SendAsync(emulator, "DELETE", $"/v2/tcrmCandidateResumes?{query}", "batch_delete", ""),
            StringComparison.Ordinal
        );
    }

    /// <summary>Sends a request byte for byte and returns the response.</summary>
    private static async Task<string> SendAsync(
        LinkedInEmulator emulator,
        string method,
        string target,
        string? restLiMethod,
        string headers,
        string? body = null,
        string contentType = "application/json"
    )
    {
        string restLi = restLiMethod is null ? "" : $"X-RestLi-Protocol-Version: 2.0.0\r\nX-RestLi-Method: {restLiMethod}\r\n";
        string length = body is null ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        string request =
            $"{method} {target} HTTP/1.1\r\nAccept: application/json, text/plain, */*\r\nContent-Type: {contentType}\r\n{restLi}"
            + $"Authorization: Bearer {emulator.AccessToken}\r\n{headers}User-Agent: linkedin-api-js-client/0.2.2\r\n{length}"
            + $"Accept-Encoding: gzip, compress, deflate, br\r\nHost: {emulator.BaseUri.Authority}\r\nConnection: "
            + $"close\r\n\r\n{body}";
        using var client = new TcpClient();
        await client.ConnectAsync(emulator.BaseUri.Host, emulator.BaseUri.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
