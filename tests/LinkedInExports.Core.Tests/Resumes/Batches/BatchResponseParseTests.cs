using System.Text;
using LinkedInExports.Core.Http;
using LinkedInExports.Core.Resumes;
using LinkedInExports.Core.Resumes.Batches;

namespace LinkedInExports.Core.Tests.Resumes.Batches;

/// <summary>The result of each record of a batch, from the JSON of a response.</summary>
public sealed class BatchResponseParseTests
{
    private static readonly ResumeKey One = Key("1");
    private static readonly ResumeKey Two = Key("2");

    [Fact]
    public void Parse_DocumentedResponse_ReturnsTheResultOfEachRecord()
    {
        BatchResponse response = Parse(
            """{"errors":{TWO:{"status":400,"message":"No.","serviceErrorCode":65601}},"results":{ONE:{"status":204}}}"""
        );
        Assert.Equal(new RecordResult(204, null), response[One]);
        Assert.True(response[One].IsSuccess);
        Assert.Equal(new RecordResult(400, "No. (65601)", IsError: true), response[Two]);
        Assert.Empty(response.Unknown);
    }

    [Theory]
    [InlineData("""{"results":{ONE:{"status":204}}}""")]
    [InlineData("""{"results":{}}""")]
    [InlineData("""{"errors":{}}""")]
    [InlineData("""{"errors":[],"results":{}}""")]
    public void Parse_RecordIsMissing_IsAFailureWithoutStatus(string json)
    {
        RecordResult result = Parse(json)[Two];
        Assert.Equal((null, false, false), (result.Status, result.IsSuccess, result.IsTransient));
        Assert.Equal("LinkedIn returned no result for this record.", result.Reason);
        Assert.Equal(LinkedInErrorId.ResumeNotSynced, result.ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"status":204}""")]
    [InlineData("""{"results":null}""")]
    [InlineData("""{"results":[]}""")]
    [InlineData("""{"results":{}""")]
    [InlineData("""{"results":{}} {}""")]
    [InlineData("""{"results":{ONE:{"status":204""")]
    [InlineData("<html></html>")]
    public void Parse_NeitherResultsNorErrors_Throws(string json)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => Parse(json));
        Assert.Equal((LinkedInErrorId.UnexpectedResponse, "the target"), (error.Id, error.Target));
    }

    [Theory]
    [InlineData(
        """{"paging":{"results":{"x":{"status":204}}},"results":{ONE:{"status":201}},"elements":[{"results":{}}]}""",
        201
    )]
    [InlineData("""{"results":{ONE:{"entity":{"status":500,"x":[1]},"status":200,"also":[{"status":500}]}}}""", 200)]
    [InlineData("""{"results":{ONE:{"status":"204"}}}""", null)]
    [InlineData("""{"results":{ONE:{"status":204.5}}}""", null)]
    [InlineData("""{"results":{ONE:{"Status":204}}}""", null)]
    [InlineData("""{"results":{ONE:[{"status":204}]}}""", null)]
    [InlineData("""{"results":{ONE:204}}""", null)]
    public void Parse_OtherContent_ReadsTheStatusOfTheRecordOnly(string json, int? status)
    {
        BatchResponse response = Parse(json);
        Assert.Equal((status, status is not null), (response[One].Status, response[One].IsSuccess));
        Assert.Empty(response.Unknown);
    }

    [Theory]
    [InlineData("""{"status":400,"message":"No.","code":"BAD"}""", "No.")]
    [InlineData("""{"status":400,"code":"BAD","message":"No."}""", "No.")]
    [InlineData("""{"status":400,"code":"BAD"}""", "BAD")]
    [InlineData("""{"status":400,"code":"BAD","serviceErrorCode":7}""", "BAD (7)")]
    [InlineData("""{"status":400,"serviceErrorCode":7}""", "LinkedIn returned status 400.")]
    [InlineData("""{"status":400}""", "LinkedIn returned status 400.")]
    [InlineData("""{"message":7,"code":false}""", "LinkedIn returned no reason.")]
    [InlineData("null", "LinkedIn returned no reason.")]
    [InlineData("""{"message":"Bearer AQSECRETAQSECRET\n."}""", "Bearer *** .")]
    public void Parse_Error_HasAReasonWithoutSecrets(string error, string reason)
    {
        RecordResult result = Parse("""{"errors":{ONE:...}}""".Replace("...", error, StringComparison.Ordinal))[One];
        Assert.Equal((reason, false), (result.Reason, result.IsSuccess));
    }

    [Fact]
    public void Parse_StatusOfSuccessAmongTheErrors_IsAFailure() =>
        Assert.False(Parse("""{"errors":{ONE:{"status":204}}}""")[One].IsSuccess);

    [Theory]
    [InlineData("""{"status":204,"status":409,"status":204}""", 409)]
    [InlineData("""{"status":503,"status":409}""", 409)]
    [InlineData("""{"status":409,"status":503}""", 409)]
    [InlineData("""{"status":204,"status":503}""", 503)]
    public void Parse_SeveralStatuses_ReturnsTheWorst(string result, int status) =>
        Assert.Equal(status, Parse("""{"results":{ONE:...}}""".Replace("...", result, StringComparison.Ordinal))[One].Status);

    [Fact]
    public void Parse_KeyOfAnotherOrganization_IsAFailureAndNamesBoth()
    {
        string json = """{"results":{ONE:{"status":204}}}""".Replace(
            "ONE",
            Quote(Key("1", organization: 1000)),
            StringComparison.Ordinal
        );
        BatchResponse response = Parse(json);
        RecordResult result = response[One];
        Assert.Equal((false, LinkedInErrorId.OrganizationMismatch), (result.IsSuccess, result.ErrorId));
        Assert.Equal(
            "LinkedIn returned a result for urn:li:organization:1000 instead of urn:li:organization:1234567890.",
            result.Reason
        );
        Assert.Empty(response.Unknown);
    }

    [Fact]
    public void Parse_KeysOfBothOrganizations_UsesTheRequestedOneAndReportsTheOther()
    {
        string json = """{"results":{ONE:{"status":204},OTHER:{"status":400}}}""".Replace(
            "OTHER",
            Quote(Key("1", organization: 1000)),
            StringComparison.Ordinal
        );
        BatchResponse response = Parse(json);
        Assert.True(response[One].IsSuccess);
        Assert.Equal("candidate '1', resume 'R1' of urn:li:organization:1000", Assert.Single(response.Unknown));
    }

    [Fact]
    public void Parse_UnknownKeys_ReportsThem()
    {
        string json = """{"results":{"a\u001bb":{"status":204},OTHER:{"status":204},ONE:{"status":204}}}""".Replace(
            "OTHER",
            Quote(Key("3")),
            StringComparison.Ordinal
        );
        BatchResponse response = Parse(json);
        Assert.Equal(["a␛b", "candidate '3', resume 'R3' of urn:li:organization:1234567890"], response.Unknown);
        Assert.True(response[One].IsSuccess);
    }

    private static ResumeKey Key(string id, int organization = 1234567890) =>
        new($"urn:li:organization:{organization}", id, "R" + id);

    /// <summary>Parses a response to a batch of both records.</summary>
    private static BatchResponse Parse(string json) =>
        BatchResponse.Parse(
            new ArraySegment<byte>(
                Encoding.UTF8.GetBytes(
                    json.Replace("ONE", Quote(One), StringComparison.Ordinal).Replace("TWO", Quote(Two), StringComparison.Ordinal)
                )
            ),
            [One, Two],
            ResumeKeyEncoder.Create(RestLiProtocol.V1),
            new LinkedInRequest
            {
                Description = "sync 2 resumes",
                Method = HttpMethod.Put,
                RequestUri = new Uri("https://api.linkedin.com/v2/tcrmCandidateResumes"),
                Target = "the target",
            }
        );

    private static string Quote(ResumeKey key) => $"\"{ResumeKeyEncoder.Create(RestLiProtocol.V1).EncodeEntityKey(key)}\"";
}
