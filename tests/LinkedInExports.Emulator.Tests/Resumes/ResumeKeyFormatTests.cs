using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Emulator.Tests.Resumes;

/// <summary>The keys of both versions of the Rest.li protocol.</summary>
public sealed class ResumeKeyFormatTests
{
    [Fact]
    public async Task Update_RestLi1Keys_ReturnsSortedJavaEncodedKeys()
    {
        await using WireFixture wire = await WireFixture.StartAsync();
        string file = await wire.UploadAsync(WireFixture.Resume);
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
        string file = await wire.UploadAsync(WireFixture.Resume);
        const string Query =
            "ids=List((tcrmCandidateId:a%20b%2A%2C%28c%29%27%3A%25%C3%A9%2B,integrationContext:urn%3Ali%3Aorganization%3A1234567890,dataProvider:PARTNER,tcrmResumeId:r1),(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,tcrmCandidateId:b,tcrmResumeId:r2))";
        const string Key1 =
            "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,tcrmCandidateId:a "
            + "b*%2C%28c%29%27%3A%25é+,tcrmResumeId:r1)";
        const string Key2 =
            "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,tcrmCandidateId:b,tcrmResumeId:r2)";
        string[] headers = [WireFixture.Protocol, "X-RestLi-Method: batch_update", WireFixture.Json];
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
            (await wire.DeleteAsync(Query, WireFixture.Protocol)).Statuses()
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
        Assert.Equal(400, (await wire.DeleteAsync(query, WireFixture.Protocol)).Status);
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
}
