using System.Text;
using System.Text.Json;
using LinkedInExports.Emulator.Behavior;

namespace LinkedInExports.Emulator.Tests.Behavior;

/// <summary>The options for behavior that LinkedIn's documentation omits or contradicts.</summary>
public sealed class EmulatorBehaviorTests
{
    [Theory]
    [InlineData(RowCountRule.Data, 0, 24)]
    [InlineData(RowCountRule.DataAndHeader, 0, 25)]
    [InlineData(RowCountRule.Data, -3, 21)]
    [InlineData(RowCountRule.Absent, 0, null)]
    public async Task RowCount_OfAnActivityJob_CountsAsChosen(RowCountRule rule, long offset, int? expected)
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(
            new() { RowCount = rule, RowCountOffset = offset }
        );
        await wire.CreateAnalyticsAsync();
        JsonElement job = await wire.GetAnalyticsAsync();
        Assert.Equal(expected, job.TryGetProperty("rowCount", out JsonElement count) ? count.GetInt32() : null);
    }

    [Theory]
    [InlineData(HeaderSpelling.LowerCase, "activityid,activitytype,createdat,seatid,memberidentitykey")]
    [InlineData(HeaderSpelling.UpperCase, "ACTIVITYID,ACTIVITYTYPE,CREATEDAT,SEATID,MEMBERIDENTITYKEY")]
    [InlineData(HeaderSpelling.SnakeCase, "activity_id,activity_type,created_at,seat_id,member_identity_key")]
    [InlineData(HeaderSpelling.Words, "Activity Id,Activity Type,Created At,Seat Id,Member Identity Key")]
    public async Task HeaderSpelling_OfAnActivityFile_IsAsChosen(HeaderSpelling spelling, string header)
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { HeaderSpelling = spelling });
        await wire.CreateAnalyticsAsync();
        Assert.Equal(header, Encoding.UTF8.GetString(wire.Emulator.GetFileBytes(100004)).Split('\n')[0]);
    }

    [Fact]
    public async Task OmittedColumnsAndDelimiter_OfFiles_AreAsChosen()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(
            new() { OmittedColumns = ["memberIdentityKey"], Delimiter = ";" }
        );
        await wire.CreateAnalyticsAsync();
        await wire.CreateValidationAsync();
        string[] activities = Encoding.UTF8.GetString(wire.Emulator.GetFileBytes(100004)).Split('\n');
        Assert.Equal("activityId;activityType;createdAt;seatId", activities[0]);
        Assert.Equal(3, activities[1].Count(c => c == ';'));
        string[] validations = Encoding.UTF8.GetString(wire.Emulator.GetFileBytes(148)).Split('\n');
        Assert.Equal("crmId;crmRecordType;expiredAt;createdAt", validations[0]);
        Assert.Equal(3, validations[1].Count(c => c == ';'));
    }

    [Theory]
    [InlineData(JobIdPlace.RestLiIdHeader, "X-RestLi-Id", "100004")]
    [InlineData(JobIdPlace.LocationHeader, "Location", "/salesAnalyticsExportJobs/100004")]
    public async Task AnalyticsJobId_InHeader_IsNotInBody(JobIdPlace place, string header, string value)
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { AnalyticsJobId = place });
        WireFixture.Reply reply = await wire.CreateAnalyticsAsync();
        Assert.Equal((200, "", value), (reply.Status, reply.Body, reply.Header(header)));
    }

    [Fact]
    public async Task AnalyticsJobId_Nowhere_CreatesTheJob()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { AnalyticsJobId = JobIdPlace.Nowhere });
        Assert.Equal("""{"value":{"status":"ENQUEUED"}}""", (await wire.CreateAnalyticsAsync()).Body);
        Assert.Equal("COMPLETED", (await wire.GetAnalyticsAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(NextExportStart.ExportEnd, 60)]
    [InlineData(NextExportStart.ExportStart, 0)]
    [InlineData(NextExportStart.BeforeStart, -1)]
    [InlineData(NextExportStart.AfterEnd, 61)]
    [InlineData(NextExportStart.Absent, null)]
    public async Task NextExportStartAt_OfAnExportOf60Days_IsAsChosen(NextExportStart rule, int? days)
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { NextExportStartAt = rule });
        await wire.CreateValidationAsync();
        JsonElement job = await wire.GetValidationAsync();
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
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { ApiVersion = rule });
        WireFixture.Reply reply = await wire.SendAsync(
            "GET",
            $"{prefix}/salesContracts?q=contractsByMember",
            null,
            sent is null ? [WireFixture.Protocol] : [WireFixture.Protocol, $"LinkedIn-Version: {sent}"]
        );
        Assert.Equal(status, reply.Status);
        Assert.True(code is null || reply.Body.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal), reply.Body);
    }

    [Theory]
    [InlineData(405)]
    [InlineData(501)]
    public async Task TunnelStatus_TunneledRequest_IsRejected(int status)
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { TunnelStatus = status });
        string file = await wire.UploadAsync("resume"u8.ToArray());
        Assert.Equal(status, (await wire.WriteTunnelledAsync(file, "a")).Status);
        Assert.Equal(200, (await wire.WriteAsync(file, "a")).Status);
    }

    [Fact]
    public async Task AnsweredOrganization_UpdateResumes_IsInResponseKeys()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { AnsweredOrganization = 1000 });
        string file = await wire.UploadAsync("resume"u8.ToArray());
        Assert.Contains(
            "urn%3Ali%3Aorganization%3A1000",
            Assert.Single((await wire.WriteAsync(file, "a")).Statuses()).Key,
            StringComparison.Ordinal
        );
        Assert.NotNull(wire.Emulator.FindResume("a", "a", WireFixture.Organization));
    }

    [Fact]
    public async Task RetentionTime_FilesWithBlobTtl_ReplacesBlobTtl()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(
            new() { RetentionTime = TimeSpan.FromSeconds(5) }
        );
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
    public async Task ControlApi_ChangeBehavior_ChangesAndResets()
    {
        await using WireFixture wire = await WireFixture.StartWithBehaviorAsync(new() { Delimiter = ";" });
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
}
