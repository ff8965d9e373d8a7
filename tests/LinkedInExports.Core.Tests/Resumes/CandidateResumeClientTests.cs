using System.Text;
using System.Text.Json;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Sync;
using LinkedInExports.Core.Tests.Support;
using LinkedInExports.Core.Urns;
using LinkedInExports.Emulator.Log;

namespace LinkedInExports.Core.Tests.Resumes;

/// <summary>
/// The requests and responses of batches in the tutorial "Sync Candidate Resumes", byte by byte.
/// </summary>
public sealed class CandidateResumeClientTests
{
    private const string SampleBlob = "/AAYUAgCvAAkAAQAAAAJFyLgwRkz_TmebRMrAixANdQ.txt";

    private const string SampleQuery =
        "ids%5B0%5D.tcrmCandidateId=tcrmCandidateId100&ids%5B0%5D.integrationContext=urn:li:organization:1234567890&ids%5B0%5D.dataProvider=PARTNER&ids%5B0%5D.tcrmResumeId=resumeid100&ids%5B1%5D.tcrmCandidateId=tcrmCandidateId200&ids%5B1%5D.integrationContext=urn:li:organization:1234567890&ids%5B1%5D.dataProvider=PARTNER&ids%5B1%5D.tcrmResumeId=resumeid200";

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

    /// <summary>The response to both updates and deletions. Its organization differs from that of the request.</summary>
    private const string SampleAnswer = """
        {
            "results": {
                "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1000&tcrmCandidateId=tcrmCandidateId200&tcrmResumeId=resumeid200": {
                    "status": 204
                },
                "dataProvider=PARTNER&integrationContext=urn%3Ali%3Aorganization%3A1000&tcrmCandidateId=tcrmCandidateId100&tcrmResumeId=resumeid100": {
                    "status": 204
                }
            },
            "errors": {}
        }
        """;

    private static readonly ResumeKey[] SampleKeys =
    [
        new(ResumeSyncFixture.Organization, "tcrmCandidateId100", "resumeid100"),
        new(ResumeSyncFixture.Organization, "tcrmCandidateId200", "resumeid200"),
    ];

    [Fact]
    public async Task Update_Request_MatchesSample()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        ResumeSyncResult[] results = await fixture.SyncAsync(SampleInputs(fixture), fixture.Options(throttle: 1));

        RecordedRequest request = Assert.Single(fixture.Emulator.Requests);
        Assert.Equal("PUT", request.Method);
        Assert.Equal("batch_update", request.Header("x-restli-method"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));

        string[] target = request.RawTarget.Split('?');
        Assert.Equal("/v2/tcrmCandidateResumes", target[0]);
        Assert.Equal(SampleQuery, target[1]);

        // The times of the sample are in seconds by mistake. Otherwise the body is that of the sample without white space.
        string expected = SampleBody.Replace("1670935153", "1670935153000", StringComparison.Ordinal);
        Assert.Equal(
            string.Concat(expected.Where(character => !char.IsWhiteSpace(character))),
            Encoding.UTF8.GetString(request.Body)
        );
        Assert.All(results, result => Assert.Equal((ResumeSyncOutcome.Synced, 204), (result.Outcome, result.StatusCode)));
    }

    [Fact]
    public async Task Update_SampleResponse_IsParsed()
    {
        ResumeSyncResult[] results = await AnswerAsync(
            SampleAnswer.Replace("%3A1000", "%3A1234567890", StringComparison.Ordinal)
        );
        Assert.All(
            results,
            result => Assert.Equal((ResumeSyncOutcome.Synced, 204, null), (result.Outcome, result.StatusCode, result.Reason))
        );
    }

    [Fact]
    public async Task Delete_Request_MatchesSample()
    {
        await using ResumeSyncFixture fixture = await ResumeSyncFixture.StartAsync();
        await fixture.SyncAsync(SampleInputs(fixture));
        ResumeSyncResult[] results = await fixture.RemoveAsync(SampleKeys);

        RecordedRequest request = fixture.Emulator.Requests[^1];
        Assert.Equal("DELETE", request.Method);
        Assert.Equal("1.0.0", request.Header("X-RestLi-Protocol-Version"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal($"Bearer {fixture.Emulator.AccessToken}", request.Header("Authorization"));
        Assert.Empty(request.Body);
        Assert.Equal($"/v2/tcrmCandidateResumes?{SampleQuery}", request.RawTarget);
        Assert.All(results, result => Assert.Equal((ResumeSyncOutcome.Removed, 204), (result.Outcome, result.StatusCode)));
        Assert.Empty(fixture.Emulator.Resumes);
    }

    [Fact]
    public async Task SyncAsync_ResponseForOtherOrganization_ReportsErrorAndNoSuccess()
    {
        var recorder = new RecordingOutput();
        ResumeSyncResult[] results = await AnswerAsync(SampleAnswer, recorder);
        Assert.All(
            results,
            result =>
            {
                Assert.Equal((ResumeSyncOutcome.Failed, null), (result.Outcome, result.StatusCode));
                Assert.Equal(
                    "LinkedIn returned a result for urn:li:organization:1000 instead of urn:li:organization:1234567890.",
                    result.Reason
                );
            }
        );
        Assert.Equal(2, recorder.Errors.Count(error => error.Id == LinkedInErrorId.OrganizationMismatch));
        Assert.Empty(recorder.Warnings);
    }

    [Fact]
    public async Task RemoveAsync_ResponseForOtherOrganization_ReportsErrorAndNoSuccess()
    {
        using var network = new FakeHttpHandler(_ => FakeHttpHandler.Json(SampleAnswer));
        using LinkedInClient client = network.Connect();
        var recorder = new RecordingOutput();
        await client.CandidateResumes.RemoveAsync(SampleKeys, null, recorder, CancellationToken.None).RecordAsync(recorder);

        Assert.Equal(
            [ResumeSyncOutcome.Failed, ResumeSyncOutcome.Failed],
            recorder.Outputs.Cast<ResumeSyncResult>().Select(result => result.Outcome)
        );
        Assert.Equal(2, recorder.Errors.Count(error => error.Id == LinkedInErrorId.OrganizationMismatch));
        Assert.Empty(recorder.Warnings);
    }

    [Fact]
    public void Samples_Text_IsJson()
    {
        Assert.Equal(2, JsonDocument.Parse(SampleBody).RootElement.GetProperty("entities").EnumerateObject().Count());
        Assert.Equal(2, JsonDocument.Parse(SampleAnswer).RootElement.GetProperty("results").EnumerateObject().Count());
    }

    private static IEnumerable<ResumeInput> SampleInputs(ResumeSyncFixture fixture) =>
        SampleInputs(fixture.AddBlob(SampleBlob), fixture.AddBlob("/AAYUAgCvAAkAAQAAAAJFyLgsRkz_TmebRMrAixxAjba1.txt"));

    private static IEnumerable<ResumeInput> SampleInputs(params string[] files) =>
        SampleKeys.Zip(
            files,
            (key, file) =>
                new ResumeInput
                {
                    CandidateId = key.CandidateId,
                    ResumeId = key.ResumeId,
                    CreatedAt = 1670935153000,
                    ResumeFile = file,
                }
        );

    /// <summary>Syncs the records of the sample with the given response.</summary>
    private static async Task<ResumeSyncResult[]> AnswerAsync(string json, RecordingOutput? recorder = null)
    {
        recorder ??= new RecordingOutput();
        using var network = new FakeHttpHandler(_ => FakeHttpHandler.Json(json));
        using LinkedInClient client = network.Connect();
        using ResumeSync sync = client.CandidateResumes.CreateSync(
            new ResumeSyncOptions { IntegrationContext = OrganizationUrn.Parse("1234567890") }
        );
        foreach (ResumeInput input in SampleInputs("urn:li:ambryBlob:/a.txt", "urn:li:ambryBlob:/b.txt"))
            sync.Add(input);
        await sync.SyncAsync(recorder, CancellationToken.None).RecordAsync(recorder);
        return [.. recorder.Outputs.Cast<ResumeSyncResult>()];
    }
}
