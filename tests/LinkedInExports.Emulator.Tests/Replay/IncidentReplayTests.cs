using System.Net;
using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Faults;
using LinkedInExports.Emulator.Replay;

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
    [InlineData("no JSON")]
    public void CreateInMemory_OtherFile_Throws(string text) =>
        Assert.Throws<FormatException>(() => IncidentReplay.CreateInMemory(Encoding.UTF8.GetBytes(text), TimeProvider.System));

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

    private static (IncidentReplay Replay, HttpClient Http) Create()
    {
        var replay = IncidentReplay.CreateInMemory(Encoding.UTF8.GetBytes(Incident), TimeProvider.System);
        return (replay, new HttpClient(replay.CreateHandler()) { BaseAddress = replay.BaseUri });
    }
}
