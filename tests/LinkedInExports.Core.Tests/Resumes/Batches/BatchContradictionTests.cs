using System.Text;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Batches;
using LinkedInExports.Emulator.Log;
using LinkedInExports.Emulator.Resumes;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

/// <summary>Contradictions of the documentation about batches: which side the module takes.</summary>
public sealed class BatchContradictionTests
{
    [Fact]
    public async Task Update_CandidateIdParameter_IsNamedTcrmCandidateId()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", fixture.AddBlob())]);
        Assert.Contains("ids%5B0%5D.tcrmCandidateId=1&", Assert.Single(fixture.Batches).RawTarget, StringComparison.Ordinal);
        Assert.DoesNotContain("IdId", fixture.Batches[0].RawTarget, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_SeveralKeys_AreIndexedParametersOfOneQuery()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([
            ResumeSyncFixture.Uploaded("1", fixture.AddBlob()),
            ResumeSyncFixture.Uploaded("2", fixture.AddBlob()),
        ]);
        string query = Assert.Single(fixture.Batches).RawTarget["/v2/tcrmCandidateResumes?".Length..];
        Assert.DoesNotContain('?', query);
        Assert.Equal(
            from index in Enumerable.Range(0, 2)
            from name in new[] { "tcrmCandidateId", "integrationContext", "dataProvider", "tcrmResumeId" }
            select $"ids%5B{index}%5D.{name}",
            query.Split('&').Select(parameter => parameter.Split('=')[0])
        );
    }

    [Theory]
    [InlineData(1670935153L)]
    [InlineData("1670935153")]
    public async Task SyncAsync_CreatedAtInSeconds_IsRejected(object createdAt)
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult result = Assert.Single(
            await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", fixture.AddBlob()) with { CreatedAt = createdAt }])
        );
        Assert.Equal(ResumeSyncOutcome.Rejected, result.Outcome);
        Assert.Contains("multiply it by 1000", result.Reason, StringComparison.Ordinal);
        Assert.Equal(LinkedInErrorId.InvalidResumeRecord, Assert.Single(fixture.Recorder.Errors).Id);
        Assert.Empty(fixture.Emulator.Requests);
    }

    [Fact]
    public async Task SyncAsync_CreatedAtForms_AreSentInMilliseconds()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        var moment = new DateTimeOffset(2022, 12, 13, 13, 39, 13, TimeSpan.FromHours(1));
        object[] times =
        [
            1670935153000,
            "1670935153000",
            moment,
            moment.UtcDateTime,
            moment.LocalDateTime,
            new DateTime(2022, 12, 13, 12, 39, 13, DateTimeKind.Unspecified),
            "2022-12-13T12:39:13Z",
            "2022-12-13T13:39:13+01:00",
            "2022-12-13T12:39:13",
            "2022-12-13 12:39:13.000",
            "Tue, 13 Dec 2022 12:39:13 GMT",
        ];
        ResumeSyncResult[] results = await fixture.SyncAsync(
            times.Select((time, index) => ResumeSyncFixture.Uploaded($"{index}", blob) with { CreatedAt = time })
        );
        Assert.All(results, result => Assert.Equal(ResumeSyncOutcome.Synced, result.Outcome));
        Assert.Equal(times.Length, fixture.Emulator.ResumeCount);
        Assert.All(fixture.Emulator.Resumes, resume => Assert.Equal(1670935153000, resume.CreatedAt));
    }

    [Theory]
    [InlineData(
        RestLiProtocol.V1,
        "1.0.0",
        "ids%5B0%5D.tcrmCandidateId=1",
        "tcrmCandidateId=1&dataProvider=PARTNER&integrationContext=urn:li:organization:1234567890&tcrmResumeId=R1"
    )]
    [InlineData(
        RestLiProtocol.V2,
        "2.0.0",
        "ids=List((dataProvider:PARTNER,",
        "(dataProvider:PARTNER,integrationContext:urn%3Ali%3Aorganization%3A1234567890,tcrmCandidateId:1,tcrmResumeId:R1)"
    )]
    public async Task Requests_AnyProtocol_NameTheirProtocolVersion(
        RestLiProtocol protocol,
        string version,
        string query,
        string entity
    )
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        LinkedInClient client = fixture.Connect(protocol: protocol);
        Assert.Equal(
            ResumeSyncOutcome.Synced,
            Assert.Single(await fixture.SyncAsync([ResumeSyncFixture.Input("1", fixture.Write("1.txt"))], client: client)).Outcome
        );
        Assert.Equal(
            ResumeSyncOutcome.Removed,
            Assert.Single(await fixture.RemoveAsync([ResumeSyncFixture.Key("1")], client)).Outcome
        );

        Assert.Equal(
            ["2.0.0", null, version, version],
            fixture.Emulator.Requests.Select(request => request.Header("X-RestLi-Protocol-Version"))
        );
        Assert.All(
            fixture.Batches,
            request => Assert.StartsWith($"/v2/tcrmCandidateResumes?{query}", request.RawTarget, StringComparison.Ordinal)
        );
        Assert.StartsWith(
            $$"""{"entities":{"{{entity}}":{"resumeFile":""",
            Encoding.UTF8.GetString(fixture.Batches[0].Body),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task UpdateAndDelete_Requests_NameRestLiMethod()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", fixture.AddBlob())]);
        await fixture.RemoveAsync([ResumeSyncFixture.Key("1")]);
        Assert.Equal(["batch_update", "batch_delete"], fixture.Batches.Select(request => request.Header("X-RestLi-Method")));
    }

    [Theory]
    [InlineData("plus+plus", "plus%2Bplus", "plus%2Bplus")]
    [InlineData("a space", "a%20space", "a+space")]
    public void Keys_PlusInResponse_IsSpaceAndLiteralPlusIsEncoded(string id, string sent, string answered)
    {
        ResumeKeyEncoder form = ResumeKeyEncoder.Create(RestLiProtocol.V1);
        Assert.Contains($"tcrmCandidateId={sent}&", form.EncodeQuery([ResumeSyncFixture.Key(id)]), StringComparison.Ordinal);
        Assert.Contains($"tcrmCandidateId={sent}&", form.EncodeEntityKey(ResumeSyncFixture.Key(id)), StringComparison.Ordinal);
        Assert.Equal(
            id,
            form.Parse(
                $"dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1234567890&tcrmCandidateId={answered}&tcrmResumeId=R"
            )?.CandidateId
        );
    }

    [Fact]
    public async Task Update_HundredRecords_IsTunneled()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        await fixture.SyncAsync(Enumerable.Range(1, 100).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob)));
        RecordedRequest request = Assert.Single(fixture.Batches);
        Assert.Equal(
            ("POST", "/v2/tcrmCandidateResumes", "PUT"),
            (request.Method, request.RawTarget, request.Header("X-HTTP-Method-Override"))
        );
        Assert.Equal(100, fixture.Emulator.ResumeCount);
    }

    [Fact]
    public async Task RemoveAsync_ManyRecords_IsSplitAndNotTunneled()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        string blob = fixture.AddBlob();
        ResumeInput[] inputs = [.. Enumerable.Range(1, 100).Select(number => ResumeSyncFixture.Uploaded($"{number}", blob))];
        await fixture.SyncAsync(inputs);
        await fixture.RemoveAsync([.. inputs.Select(input => ResumeSyncFixture.Key(input.CandidateId!))]);
        Assert.All(
            fixture.Batches.Skip(1),
            request => Assert.Equal(("DELETE", null), (request.Method, request.Header("X-HTTP-Method-Override")))
        );
        Assert.Equal(0, fixture.Emulator.ResumeCount);
    }

    [Fact]
    public async Task Update_DataProvider_IsPartner()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", fixture.AddBlob())]);
        Assert.Contains(".dataProvider=PARTNER&", Assert.Single(fixture.Batches).RawTarget, StringComparison.Ordinal);
        Assert.Null(
            ResumeKeyEncoder
                .Create(RestLiProtocol.V1)
                .Parse("dataProvider=ATS&integrationContext=urn:li:organization:1234567890&tcrmCandidateId=1&tcrmResumeId=R1")
        );
    }

    [Fact]
    public async Task UpdateAndDelete_ProtocolHeaderAndQuery_AreExact()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", fixture.AddBlob())]);
        await fixture.RemoveAsync([ResumeSyncFixture.Key("1")]);
        Assert.Equal("1.0.0", fixture.Batches[0].Header("X-RestLi-Protocol-Version"));
        Assert.EndsWith("&ids%5B0%5D.tcrmResumeId=R1", fixture.Batches[1].RawTarget, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncAsync_OrganizationUrn_IsWrittenAsInTheSampleInQueryAndBody()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync([ResumeSyncFixture.Uploaded("1", fixture.AddBlob())]);
        RecordedRequest request = Assert.Single(fixture.Batches);
        Assert.Contains(".integrationContext=urn:li:organization:1234567890&", request.RawTarget, StringComparison.Ordinal);
        Assert.Contains(
            "&integrationContext=urn:li:organization:1234567890&",
            Encoding.UTF8.GetString(request.Body),
            StringComparison.Ordinal
        );
    }
}
