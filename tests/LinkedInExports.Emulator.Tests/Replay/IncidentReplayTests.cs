using System.Net;
using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Replay;
using LinkedInExports.Testing;

namespace LinkedInExports.Emulator.Tests.Replay;

public sealed class IncidentReplayTests
{
    private const string Incident = """
        {
          "format": 1,
          "error": { "id": "NotFound", "command": "Get-CrmValidationExportJob" },
          "commands": [ { "name": "Get-CrmValidationExportJob", "parameters": [ "JobId", "CrmInstanceId" ] } ],
          "exchanges": [
            {
              "atMilliseconds": 10, "method": "GET", "path": "/v2/crmDataValidationExportJobs/731", "query": "crmInstanceId=abc",
              "response": {
                "status": 200, "afterMilliseconds": 5, "headers": { "Content-Length": "90", "Date": "now-60" },
                "body": { "json": {
                  "jobId": 731, "status": "COMPLETED", "expireAt": "start+3600000",
                  "downloadUrls": [
                    "https://0123456789abcdef.invalid/00000000000000aa",
                    "https://0123456789abcdef.invalid/00000000000000bb"
                  ]
                } }
              }
            },
            {
              "atMilliseconds": 20, "method": "GET", "path": "/link/00000000000000aa",
              "response": {
                "status": 200, "headers": { "Content-Length": "10000" },
                "body": { "length": 10000, "rows": 201, "start": "crmId,createdAt\nxx-1,1111\n", "end": "xx-1,1111\n" }
              }
            },
            {
              "atMilliseconds": 30, "method": "GET", "path": "/v2/crmDataValidationExportJobs/731", "failure": "reset"
            }
          ]
        }
        """;

    [Fact]
    public async Task Get_RecordedJob_HasIdOfRequestAndLinksOfEmulator()
    {
        (IncidentReplay replay, HttpClient http) = Create();
        using (http)
        {
            JsonElement job = JsonDocument
                .Parse(await http.GetStringAsync("crmDataValidationExportJobs/148?crmInstanceId=xyz"))
                .RootElement;

            Assert.Equal(148, job.GetProperty("jobId").GetInt64());
            Assert.Equal("https://api.linkedin.com/link/00000000000000aa", job.GetProperty("downloadUrls")[0].GetString());
            Assert.Equal("https://0123456789abcdef.invalid/00000000000000bb", job.GetProperty("downloadUrls")[1].GetString());
            Assert.InRange(
                DateTimeOffset.FromUnixTimeMilliseconds(job.GetProperty("expireAt").GetInt64()) - DateTimeOffset.UtcNow,
                TimeSpan.FromMinutes(59),
                TimeSpan.FromMinutes(61)
            );
            Assert.Equal(2, replay.RemainingExchangeCount);
        }
    }

    [Fact]
    public async Task Get_LongFile_HasRecordedLengthAndRows()
    {
        (_, HttpClient http) = Create();
        using (http)
        {
            string file = await http.GetStringAsync("https://api.linkedin.com/link/00000000000000aa");

            Assert.Equal(10_000, file.Length);
            Assert.Equal(201, file.Count(character => character == '\n'));
            Assert.All(file.TrimEnd('\n').Split('\n'), row => Assert.Equal(2, row.Split(',').Length));
        }
    }

    [Fact]
    public async Task Get_MoreRequestsThanRecorded_IsResetThenStatus501()
    {
        (IncidentReplay replay, HttpClient http) = Create();
        using (http)
        {
            await http.GetStringAsync("crmDataValidationExportJobs/148?crmInstanceId=xyz");
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync("crmDataValidationExportJobs/148"));
            using HttpResponseMessage response = await http.GetAsync("crmDataValidationExportJobs/148");

            Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
            Assert.Equal(["GET /v2/crmDataValidationExportJobs/148"], replay.UnmatchedRequests);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"format":2}""")]
    [InlineData("""{"format":1,"exchanges":null}""")]
    [InlineData("""{"format":1,"exchanges":[null]}""")]
    [InlineData("""{"format":1,"exchanges":[{"method":"GET","path":"/","response":{"status":200,"headers":{"ETag":null}}}]}""")]
    [InlineData("""{"format":1,"commands":[{"name":"Get-SalesContract"}]}""")]
    [InlineData("""{"format":1,"commands":[{"name":"Get-SalesContract","parameters":[null]}]}""")]
    [InlineData("no JSON")]
    public void CreateInMemory_OtherFile_Throws(string text) =>
        Assert.Throws<FormatException>(() => IncidentReplay.CreateInMemory(Encoding.UTF8.GetBytes(text), TimeProvider.System));

    [Fact]
    public async Task Get_IdOfRequest_RemainsText()
    {
        const string exchange =
            """{"method":"GET","path":"/v2/people/qwe","response":{"status":200,"body":{"json":{"id":"qwe"}}}}""";
        using HttpClient http = Create(exchange).Http;

        Assert.Equal("""{"id":"abc"}""", await http.GetStringAsync("people/abc"));
    }

    [Fact]
    public async Task Get_EncodedPath_IsMatched()
    {
        const string exchange = """{"method":"GET","path":"/v2/x/urn:li:y:(A,3)","response":{"status":200}}""";
        (IncidentReplay replay, HttpClient http) = Create(exchange);
        using (http)
            await http.GetStringAsync("x/urn:li:y:%28B%2C4%29");

        Assert.Equal(0, replay.RemainingExchangeCount);
    }

    [Fact]
    public async Task Get_CountThatEqualsAPseudonym_IsUnchanged()
    {
        const string exchange = """
            {"method":"GET","path":"/v2/jobs/731","response":{"status":200,"body":{"json":{"id":731,"rowCount":731}}}}
            """;
        using HttpClient http = Create(exchange).Http;

        Assert.Equal("""{"id":148,"rowCount":731}""", await http.GetStringAsync("jobs/148"));
    }

    [Fact]
    public async Task Post_LinkInLocation_LeadsToEmulator()
    {
        const string exchanges = """
            {
              "method": "POST", "path": "/v2/hireMediaUrl",
              "response": {
                "status": 201,
                "headers": {
                  "Location": "/hireMediaUrl/https%3A%2F%2F0123456789abcdef.invalid%2F00000000000000aa"
                }
              }
            },
            { "method": "POST", "path": "/link/00000000000000aa", "response": { "status": 201 } }
            """;
        using HttpClient http = Create(exchanges).Http;

        using HttpResponseMessage response = await http.PostAsync("hireMediaUrl", null);

        Assert.Equal(
            "/hireMediaUrl/https%3A%2F%2Fapi.linkedin.com%2Flink%2F00000000000000aa",
            response.Headers.Location!.OriginalString
        );
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("\"Transfer-Encoding\": \"chunked\"", true, null)]
    [InlineData("\"Content-Length\": \"1\"", null, 2L)]
    public async Task Get_Body_EndsAsRecorded(string header, bool? isChunked, long? length)
    {
        string exchange =
            $$"""{"method":"GET","path":"/v2/a","response":{"status":200,"headers":{ {{header}} },"body":{"text":"xx"} } }""";
        using HttpClient http = Create(exchange).Http;

        using HttpResponseMessage response = await http.GetAsync("a", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(isChunked, response.Headers.TransferEncodingChunked);
        Assert.Equal(length, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Get_NotRecorded_IsNoFailure()
    {
        const string exchanges = """
            {"method":"GET","path":"/v2/a","response":{"status":200,"body":{"text":"xx"}},"failure":"notRecorded"},
            {"method":"GET","path":"/v2/a","failure":"notRecorded"}
            """;
        (IncidentReplay replay, HttpClient http) = Create(exchanges);
        using (http)
        {
            Assert.Equal("xx", await http.GetStringAsync("a"));
            using HttpResponseMessage response = await http.GetAsync("a");

            Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
            Assert.Equal(2, replay.IncompleteExchangeCount);
        }
    }

    [Fact]
    public async Task Get_BodyWithDelay_IsCompleteAfterIt()
    {
        const string exchange = """
            {
              "method": "GET", "path": "/v2/a",
              "response": {
                "status": 200, "headers": { "Content-Length": "2" }, "body": { "text": "xx" }, "bodyAfterMilliseconds": 5000
              }
            }
            """;
        var time = new FakeTimeProvider();
        var replay = IncidentReplay.CreateInMemory(ToIncident(exchange), time);
        using var http = new HttpClient(replay.CreateHandler());
        using HttpResponseMessage response = await http.GetAsync(
            new Uri("https://api.linkedin.com/v2/a"),
            HttpCompletionOption.ResponseHeadersRead
        );

        Task<string> body = response.Content.ReadAsStringAsync();

        Assert.False(body.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("xx", await body);
    }

    [Fact]
    public async Task Start_BodyWithDelay_SendsLastByteAfterIt()
    {
        const string exchange = """
            {
              "method": "GET", "path": "/v2/a",
              "response": {
                "status": 200, "headers": { "Content-Length": "2" }, "body": { "text": "xx" }, "bodyAfterMilliseconds": 300
              }
            }
            """;
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, ToIncident(exchange));
            await using IncidentReplay replay = await IncidentReplay.StartAsync(path);
            using var http = new HttpClient();
            using HttpResponseMessage response = await http.GetAsync(
                new Uri(replay.BaseUri, "a"),
                HttpCompletionOption.ResponseHeadersRead
            );
            long started = System.Diagnostics.Stopwatch.GetTimestamp();

            await response.Content.ReadAsStringAsync();

            Assert.InRange(
                System.Diagnostics.Stopwatch.GetElapsedTime(started),
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromMinutes(1)
            );
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task InMemory_ConnectionFaults_AreApplied()
    {
        var emulator = LinkedInEmulator.CreateInMemory();
        using var http = new HttpClient(emulator.CreateHandler()) { BaseAddress = emulator.BaseUri };
        http.DefaultRequestHeaders.Authorization = new("Bearer", emulator.AccessToken);
        emulator.Faults.Add(Fault.ResetBeforeEffect());
        emulator.Faults.Add(Fault.TruncateBody(10) with { Skip = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync("salesContracts?q=contractsByMember"));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync("salesContracts?q=contractsByMember"));
    }

    private static byte[] ToIncident(string exchanges) =>
        Encoding.UTF8.GetBytes($$"""{"format":1,"exchanges":[{{exchanges}}]}""");

    private static (IncidentReplay Replay, HttpClient Http) Create(string? exchanges = null)
    {
        byte[] incident = exchanges is null ? Encoding.UTF8.GetBytes(Incident) : ToIncident(exchanges);
        var replay = IncidentReplay.CreateInMemory(incident, TimeProvider.System);
        return (replay, new HttpClient(replay.CreateHandler()) { BaseAddress = replay.BaseUri });
    }
}
