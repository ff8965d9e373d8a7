using System.Text.Json;
using LinkedInExports.Emulator.Faults;

namespace LinkedInExports.Emulator.Tests.Conformance;

/// <summary>The report about a client.</summary>
public sealed class ConformanceTests
{
    private const string Job = $"/v2/crmDataValidationExportJobs/148?crmInstanceId={WireFixture.Crm}";

    [Fact]
    public async Task Report_OfClientThatFollowsTheDocumentation_HasNoViolations()
    {
        await using WireFixture wire = await StartAsync(TimeSpan.FromSeconds(8));
        await wire.CreateValidationAsync();
        for (int poll = 0; poll < 3; poll++)
        {
            wire.Time.Advance(TimeSpan.FromSeconds(5));
            WireFixture.Reply job = await wire.SendAsync("GET", Job, null, WireFixture.Protocol);
            foreach (string link in GetLinks(job))
                Assert.Equal(200, (await wire.SendAsync("GET", link, null, WireFixture.Protocol)).Status);
        }

        JsonElement report = await GetReportAsync(wire);
        Assert.Equal(100, report.GetProperty("score").GetInt32());
        Assert.Equal(10, report.GetProperty("exchanges").GetInt32());
        Assert.All(report.GetProperty("rules").EnumerateArray(), rule => Assert.NotEqual("violated", GetResult(rule)));
        JsonElement downloads = GetRule(report, "complete-download");
        Assert.Equal(("followed", 1), (GetResult(downloads), downloads.GetProperty("applied").GetInt32()));
    }

    [Fact]
    public async Task Report_OfClientThatViolatesRules_ListsTheExchanges()
    {
        await using WireFixture wire = await StartAsync(TimeSpan.FromSeconds(30));
        await wire.CreateValidationAsync();
        await wire.CreateValidationAsync();
        await wire.SendAsync("GET", "/v2/crmExports", null, WireFixture.Protocol);
        await wire.SendAsync("GET", Job, null, WireFixture.Protocol);
        await wire.SendAsync("GET", Job, null, WireFixture.Protocol);
        await wire.SendAsync("GET", Job);
        await wire.SendAsync("GET", Job, null, WireFixture.Protocol, "Authorization: Bearer wrong");
        await wire.SendAsync("GET", Job + "&oauth2_access_token=planted-secret", null, WireFixture.Protocol);
        wire.Time.Advance(TimeSpan.FromMinutes(1));
        string[] links = GetLinks(await wire.SendAsync("GET", Job, null, WireFixture.Protocol));
        await wire.SendAsync("GET", links[0], null, WireFixture.Protocol);
        wire.Emulator.ExpireLinks();
        await wire.SendAsync("GET", links[1], null, WireFixture.Protocol);
        await wire.SendAsync("GET", links[1], null, WireFixture.Protocol);

        JsonElement report = await GetReportAsync(wire);
        string[] violated =
        [
            .. report
                .GetProperty("rules")
                .EnumerateArray()
                .Where(rule => GetResult(rule) == "violated")
                .Select(rule => rule.GetProperty("id").GetString()!)
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(
            [
                "access-token",
                "complete-download",
                "create-once",
                "get-validation-job",
                "known-endpoint",
                "poll-interval",
                "protocol-version",
                "rejected-link",
                "secrets-in-body",
            ],
            violated
        );
        JsonElement exchange = GetRule(report, "protocol-version").GetProperty("exchanges")[0];
        Assert.StartsWith(
            "GET /v2/crmDataValidationExportJobs/148",
            exchange.GetProperty("request").GetString(),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Rest.li protocol version 2.0.0",
            exchange.GetProperty("problem").GetString(),
            StringComparison.Ordinal
        );
        string page = (await wire.SendAsync("GET", "/")).Body;
        Assert.Contains("GET /v2/crmExports", page, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-secret", page + report, StringComparison.Ordinal);
        Assert.DoesNotContain(links[1].Split('=')[1], page + report, StringComparison.Ordinal);

        await wire.SendAsync("DELETE", "/emulator/conformance");
        Assert.Equal(0, (await GetReportAsync(wire)).GetProperty("exchanges").GetInt32());
    }

    [Fact]
    public async Task Report_AfterFaults_DoesNotBlameTheClient()
    {
        await using WireFixture wire = await StartAsync(TimeSpan.Zero);
        wire.Emulator.Faults.Add(Fault.Status(429) with { Times = 2 });
        await wire.CreateValidationAsync();
        await wire.CreateValidationAsync();

        Assert.Equal(0, (await GetReportAsync(wire)).GetProperty("exchanges").GetInt32());
    }

    [Fact]
    public async Task Page_WithoutTheOption_DoesNotExist()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        Assert.Equal(404, (await wire.SendAsync("GET", "/")).Status);
    }

    private static Task<WireFixture> StartAsync(TimeSpan processingTime) =>
        WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            ProcessingTime = processingTime,
            JudgesConformance = true,
        });

    private static string[] GetLinks(WireFixture.Reply job) =>
        JsonDocument.Parse(job.Body).RootElement.TryGetProperty("downloadUrls", out JsonElement links)
            ? [.. links.EnumerateArray().Select(link => link.GetString()!)]
            : [];

    private static async Task<JsonElement> GetReportAsync(WireFixture wire) =>
        JsonDocument.Parse((await wire.SendAsync("GET", "/emulator/conformance")).Body).RootElement;

    private static JsonElement GetRule(JsonElement report, string id) =>
        report.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("id").GetString() == id);

    private static string? GetResult(JsonElement rule) => rule.GetProperty("result").GetString();
}
