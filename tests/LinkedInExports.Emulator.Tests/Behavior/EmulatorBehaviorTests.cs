using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator.Tests.Behavior;

/// <summary>How the emulator behaves where LinkedIn's documentation says nothing or contradicts itself.</summary>
public sealed class EmulatorBehaviorTests
{
    private const string Crm = "urn%3Ali%3AcrmInstance%3A%28DYNAMICS%2C0b7c1f52-1111-4222-8333-944455556666%29";
    private const string V2 = "X-RestLi-Protocol-Version: 2.0.0";
    private const string Json = "Content-Type: application/json";

    [Fact]
    public async Task LinksMissingFor_UntilTheTimeIsOver_CompletedWithoutLink()
    {
        await using WireFixture wire = await StartAsync(new() { LinksMissingFor = TimeSpan.FromMinutes(1) }, OptionalFields.Null);
        await CreateValidationAsync(wire);
        await CreateAnalyticsAsync(wire);
        foreach (int seconds in new[] { 0, 59 })
        {
            JsonElement validation = await ValidationAsync(wire);
            Assert.Equal(
                ("COMPLETED", JsonValueKind.Null),
                (validation.GetProperty("status").GetString(), validation.GetProperty("downloadUrls").ValueKind)
            );
            JsonElement analytics = await AnalyticsAsync(wire);
            Assert.Equal(
                (24, JsonValueKind.Null),
                (analytics.GetProperty("rowCount").GetInt32(), analytics.GetProperty("downloadUrl").ValueKind)
            );
            wire.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        wire.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, (await ValidationAsync(wire)).GetProperty("downloadUrls").GetArrayLength());
        Assert.Equal(200, await DownloadAsync(wire, (await AnalyticsAsync(wire)).GetProperty("downloadUrl").GetString()!));
    }

    [Fact]
    public async Task LinksMissingFor_Forever_NeverALink()
    {
        await using WireFixture wire = await StartAsync(new() { LinksMissingFor = EmulatorBehavior.Forever });
        await CreateAnalyticsAsync(wire);
        await AnalyticsAsync(wire);
        wire.Time.Advance(TimeSpan.FromDays(6));
        JsonElement job = await AnalyticsAsync(wire);
        Assert.Equal("COMPLETED", job.GetProperty("status").GetString());
        Assert.False(job.TryGetProperty("downloadUrl", out _));
    }

    [Theory]
    [InlineData(RefreshedLinks.New, 200, false)]
    [InlineData(RefreshedLinks.Unchanged, 401, true)]
    [InlineData(RefreshedLinks.Rejected, 401, false)]
    public async Task RefreshedLinks_AfterTheLinksExpired_AreAsChosen(RefreshedLinks refreshed, int status, bool isSame)
    {
        await using WireFixture wire = await StartAsync(
            new() { RefreshedLinks = refreshed, RefreshedLinksFor = TimeSpan.FromMinutes(2) }
        );
        await CreateAnalyticsAsync(wire);
        string first = (await AnalyticsAsync(wire)).GetProperty("downloadUrl").GetString()!;
        Assert.Equal(200, await DownloadAsync(wire, first));
        wire.Emulator.ExpireLinks();
        Assert.Equal(401, await DownloadAsync(wire, first));

        string second = (await AnalyticsAsync(wire)).GetProperty("downloadUrl").GetString()!;
        Assert.Equal(isSame, second == first);
        Assert.Equal(status, await DownloadAsync(wire, second));

        wire.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(200, await DownloadAsync(wire, (await AnalyticsAsync(wire)).GetProperty("downloadUrl").GetString()!));
    }

    [Theory]
    [InlineData(RowCountRule.Data, 0, 24)]
    [InlineData(RowCountRule.DataAndHeader, 0, 25)]
    [InlineData(RowCountRule.Data, -3, 21)]
    [InlineData(RowCountRule.Absent, 0, null)]
    public async Task RowCount_OfAnActivityJob_CountsAsChosen(RowCountRule rule, long offset, int? expected)
    {
        await using WireFixture wire = await StartAsync(new() { RowCount = rule, RowCountOffset = offset });
        await CreateAnalyticsAsync(wire);
        JsonElement job = await AnalyticsAsync(wire);
        Assert.Equal(expected, job.TryGetProperty("rowCount", out JsonElement count) ? count.GetInt32() : null);
    }

    [Theory]
    [InlineData(HeaderSpelling.LowerCase, "activityid,activitytype,createdat,seatid,memberidentitykey")]
    [InlineData(HeaderSpelling.UpperCase, "ACTIVITYID,ACTIVITYTYPE,CREATEDAT,SEATID,MEMBERIDENTITYKEY")]
    [InlineData(HeaderSpelling.SnakeCase, "activity_id,activity_type,created_at,seat_id,member_identity_key")]
    [InlineData(HeaderSpelling.Words, "Activity Id,Activity Type,Created At,Seat Id,Member Identity Key")]
    public async Task HeaderSpelling_OfAnActivityFile_IsAsChosen(HeaderSpelling spelling, string header)
    {
        await using WireFixture wire = await StartAsync(new() { HeaderSpelling = spelling });
        await CreateAnalyticsAsync(wire);
        Assert.Equal(header, Encoding.UTF8.GetString(wire.Emulator.GetFileBytes(100004)).Split('\n')[0]);
    }

    [Fact]
    public async Task OmittedColumnsAndDelimiter_OfFiles_AreAsChosen()
    {
        await using WireFixture wire = await StartAsync(new() { OmittedColumns = ["memberIdentityKey"], Delimiter = ";" });
        await CreateAnalyticsAsync(wire);
        await CreateValidationAsync(wire);
        string[] activities = Encoding.UTF8.GetString(wire.Emulator.GetFileBytes(100004)).Split('\n');
        Assert.Equal("activityId;activityType;createdAt;seatId", activities[0]);
        Assert.Equal(3, activities[1].Count(c => c == ';'));
        string[] validations = Encoding.UTF8.GetString(wire.Emulator.GetFileBytes(148)).Split('\n');
        Assert.Equal("crmId;crmRecordType;expiredAt;createdAt", validations[0]);
        Assert.Equal(3, validations[1].Count(c => c == ';'));
    }

    [Fact]
    public async Task LinkHost_OfAnotherCompany_RejectsTheToken()
    {
        await using WireFixture wire = await StartAsync(new() { LinkHost = "media.licdn.com" });
        await CreateAnalyticsAsync(wire);
        string link = (await AnalyticsAsync(wire)).GetProperty("downloadUrl").GetString()!;
        Assert.StartsWith("https://media.licdn.com/ambry/?", link, StringComparison.Ordinal);
        string target = new Uri(link).PathAndQuery;
        Assert.Equal(200, (await wire.SendAsync("GET", target, null, "Host: media.licdn.com", "Authorization:")).Status);
        Assert.Equal(400, (await wire.SendAsync("GET", target, null, "Host: media.licdn.com")).Status);
        Assert.Equal(401, (await wire.SendAsync("GET", target, null, "Authorization:", V2)).Status);
    }

    [Fact]
    public async Task Download_RedirectHost_RedirectsFileRequests()
    {
        await using WireFixture wire = await StartAsync(new() { RedirectHost = "files.example.net:8443" });
        await CreateAnalyticsAsync(wire);
        string link = (await AnalyticsAsync(wire)).GetProperty("downloadUrl").GetString()!;
        WireFixture.Reply redirect = await wire.SendAsync("GET", link, null, V2);
        Assert.Equal(
            (302, "https://files.example.net:8443" + new Uri(link).PathAndQuery),
            (redirect.Status, redirect.Header("Location"))
        );
        Assert.Equal(200, (await wire.SendAsync("GET", link, null, "Host: files.example.net:8443", "Authorization:")).Status);
        Assert.Equal(400, (await wire.SendAsync("GET", link, null, "Host: files.example.net:8443")).Status);
    }

    [Theory]
    [InlineData(JobIdPlace.RestLiIdHeader, "X-RestLi-Id", "100004")]
    [InlineData(JobIdPlace.LocationHeader, "Location", "/salesAnalyticsExportJobs/100004")]
    public async Task AnalyticsJobId_InAHeader_IsNowhereElse(JobIdPlace place, string header, string value)
    {
        await using WireFixture wire = await StartAsync(new() { AnalyticsJobId = place });
        WireFixture.Reply reply = await CreateAnalyticsAsync(wire);
        Assert.Equal((200, "", value), (reply.Status, reply.Body, reply.Header(header)));
    }

    [Fact]
    public async Task AnalyticsJobId_Nowhere_CreatesTheJob()
    {
        await using WireFixture wire = await StartAsync(new() { AnalyticsJobId = JobIdPlace.Nowhere });
        Assert.Equal("""{"value":{"status":"ENQUEUED"}}""", (await CreateAnalyticsAsync(wire)).Body);
        Assert.Equal("COMPLETED", (await AnalyticsAsync(wire)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(NextExportStart.ExportEnd, 60)]
    [InlineData(NextExportStart.ExportStart, 0)]
    [InlineData(NextExportStart.BeforeStart, -1)]
    [InlineData(NextExportStart.AfterEnd, 61)]
    [InlineData(NextExportStart.Absent, null)]
    public async Task NextExportStartAt_OfAnExportOf60Days_IsAsChosen(NextExportStart rule, int? days)
    {
        await using WireFixture wire = await StartAsync(new() { NextExportStartAt = rule });
        await CreateValidationAsync(wire);
        JsonElement job = await ValidationAsync(wire);
        double? got = job.TryGetProperty("nextExportStartAt", out JsonElement next)
            ? TimeSpan.FromMilliseconds(next.GetInt64() - job.GetProperty("exportStartAt").GetInt64()).TotalDays
            : null;
        Assert.Equal(days, got);
    }

    [Theory]
    [InlineData(ApiVersionRule.Rest, "/v2", null, 200, null)]
    [InlineData(ApiVersionRule.Rest, "/rest", null, 400, "VERSION_MISSING")]
    [InlineData(ApiVersionRule.Rest, "/rest", "202603", 200, null)]
    [InlineData(ApiVersionRule.Rest, "/rest", "202001", 426, "NONEXISTENT_VERSION")]
    [InlineData(ApiVersionRule.All, "/v2", null, 400, "VERSION_MISSING")]
    [InlineData(ApiVersionRule.All, "/v2", "202603", 200, null)]
    [InlineData(ApiVersionRule.V2Sunset, "/v2", "202603", 426, "NONEXISTENT_VERSION")]
    [InlineData(ApiVersionRule.V2Sunset, "/rest", "202603", 200, null)]
    public async Task ApiVersion_OfPathAndHeader_IsCheckedAsChosen(
        ApiVersionRule rule,
        string prefix,
        string? sent,
        int status,
        string? code
    )
    {
        await using WireFixture wire = await StartAsync(new() { ApiVersion = rule });
        WireFixture.Reply reply = await wire.SendAsync(
            "GET",
            $"{prefix}/salesContracts?q=contractsByMember",
            null,
            sent is null ? [V2] : [V2, $"LinkedIn-Version: {sent}"]
        );
        Assert.Equal(status, reply.Status);
        Assert.True(code is null || reply.Body.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal), reply.Body);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(501)]
    public async Task TunnelStatus_TunneledRequest_IsRejected(int status)
    {
        await using WireFixture wire = await StartAsync(new() { TunnelStatus = status });
        string file = await wire.UploadAsync("resume"u8.ToArray());
        Assert.Equal(status, (await wire.WriteTunnelledAsync(file, "a")).Status);
        Assert.Equal(200, (await wire.WriteAsync(file, "a")).Status);
    }

    [Fact]
    public async Task AnsweredOrganization_UpdateResumes_IsInResponseKeys()
    {
        await using WireFixture wire = await StartAsync(new() { AnsweredOrganization = 1000 });
        string file = await wire.UploadAsync("resume"u8.ToArray());
        Assert.Contains(
            "urn%3Ali%3Aorganization%3A1000",
            Assert.Single((await wire.WriteAsync(file, "a")).Statuses()).Key,
            StringComparison.Ordinal
        );
        Assert.NotNull(wire.Emulator.FindResume("a", "a", WireFixture.Organization));
    }

    [Fact]
    public async Task RetentionTime_OfFilesWithABlobTtl_TakesThePlaceOfIt()
    {
        await using WireFixture wire = await StartAsync(new() { RetentionTime = TimeSpan.FromSeconds(5) });
        string kept = await wire.UploadAsync("resume"u8.ToArray());
        string dropped = await wire.UploadAsync(
            "resume"u8.ToArray(),
            body: WireFixture.MediaUrlBody.Replace(
                "}},",
                "}},\"blobTtl\":{\"duration\":72,\"unit\":\"HOUR\"},",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(200, (await wire.WriteAsync(dropped, "a")).Status);
        wire.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(-400, Assert.Single((await wire.WriteAsync(dropped, "a")).Statuses()).Value);
        Assert.Equal(204, Assert.Single((await wire.WriteAsync(kept, "a")).Statuses()).Value);
    }

    [Fact]
    public async Task Downloads_ByDefault_CanBeResumedAtTheSameVersion()
    {
        await using WireFixture wire = await StartAsync(new());
        await CreateAnalyticsAsync(wire);
        string link = (await AnalyticsAsync(wire)).GetProperty("downloadUrl").GetString()!;
        WireFixture.Reply whole = await wire.SendAsync("GET", link, null, V2);
        Assert.Equal("bytes", whole.Header("Accept-Ranges"));
        string etag = whole.Header("ETag")!;
        WireFixture.Reply rest = await wire.SendAsync("GET", link, null, V2, "Range: bytes=10-", $"If-Range: {etag}");
        Assert.Equal(
            (206, whole.Body[10..], $"bytes 10-{whole.Body.Length - 1}/{whole.Body.Length}"),
            (rest.Status, rest.Body, rest.Header("Content-Range"))
        );
        Assert.Equal(200, (await wire.SendAsync("GET", link, null, V2, "Range: bytes=10-", "If-Range: \"another\"")).Status);
    }

    [Fact]
    public async Task ControlApi_ChangeBehavior_ChangesAndResets()
    {
        await using WireFixture wire = await StartAsync(new() { Delimiter = ";" });
        WireFixture.Reply changed = await wire.SendAsync(
            "POST",
            "/emulator/behavior",
            """{"linksMissingFor":"forever","refreshedLinks":"rejected","activeApiVersions":["202604"],"delimiter":null}"""u8.ToArray()
        );
        Assert.Equal(200, changed.Status);
        EmulatorBehavior now = wire.Emulator.Behavior;
        Assert.Equal(
            (EmulatorBehavior.Forever, RefreshedLinks.Rejected, "202604", ","),
            (now.LinksMissingFor, now.RefreshedLinks, Assert.Single(now.ActiveApiVersions), now.Delimiter)
        );
        foreach (
            string bad in new[]
            {
                """{"unknown":1}""",
                """{"tunnelStatus":200}""",
                """{"linkHost":"a/b"}""",
                """{"delimiter":"\""}""",
                "[]",
                "{",
            }
        )
        {
            Assert.Equal(400, (await wire.SendAsync("POST", "/emulator/behavior", Encoding.UTF8.GetBytes(bad))).Status);
        }

        Assert.Same(now, wire.Emulator.Behavior);

        Assert.Equal(204, (await wire.SendAsync("DELETE", "/emulator/behavior")).Status);
        Assert.Equal((TimeSpan.Zero, ";"), (wire.Emulator.Behavior.LinksMissingFor, wire.Emulator.Behavior.Delimiter));
        Assert.Contains(
            "\"delimiter\": \";\"",
            (await wire.SendAsync("GET", "/emulator/behavior")).Body,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Options_OfTwoEmulators_DoNotShareTheirBehavior()
    {
        var options = new EmulatorOptions();
        await using LinkedInEmulator one = await LinkedInEmulator.StartAsync(options);
        await using LinkedInEmulator other = await LinkedInEmulator.StartAsync(options);
        one.Behavior = one.Behavior with { TunnelStatus = 404 };
        Assert.Null(other.Behavior.TunnelStatus);
    }

    private static Task<WireFixture> StartAsync(EmulatorBehavior behavior, OptionalFields optional = OptionalFields.Absent) =>
        WireFixture.StartAsync(time => new EmulatorOptions
        {
            TimeProvider = time,
            ProcessingTime = TimeSpan.Zero,
            Behavior = behavior,
            OptionalFields = optional,
        });

    private static Task<WireFixture.Reply> CreateValidationAsync(WireFixture wire) =>
        wire.SendAsync(
            "POST",
            $"/v2/crmDataValidationExportJobs?crmInstanceId={Crm}",
            Encoding.UTF8.GetBytes($$"""{"exportStartAt":{{wire.Time.GetUtcNow().AddDays(-60).ToUnixTimeMilliseconds()}}}"""),
            Json,
            V2
        );

    private static Task<WireFixture.Reply> CreateAnalyticsAsync(WireFixture wire) =>
        wire.SendAsync(
            "POST",
            "/v2/salesAnalyticsExportJobs?action=exportActivityData",
            """{"startAt":1700000000000,"endAt":1700086400000,"contract":"urn:li:contract:7001"}"""u8.ToArray(),
            Json,
            V2
        );

    private static async Task<JsonElement> ValidationAsync(WireFixture wire) =>
        JsonDocument
            .Parse((await wire.SendAsync("GET", $"/v2/crmDataValidationExportJobs/148?crmInstanceId={Crm}", null, V2)).Body)
            .RootElement;

    private static async Task<JsonElement> AnalyticsAsync(WireFixture wire) =>
        JsonDocument
            .Parse(
                (
                    await wire.SendAsync(
                        "GET",
                        "/v2/salesAnalyticsExportJobs/100004?contract=urn%3Ali%3Acontract%3A7001",
                        null,
                        V2
                    )
                ).Body
            )
            .RootElement;

    private static async Task<int> DownloadAsync(WireFixture wire, string link) =>
        (await wire.SendAsync("GET", link, null, V2)).Status;
}
