using System.Text;
using LinkedInExports.Core.ExportJobs;
using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class ResponseParserTests
{
    private static readonly LinkedInRequest Request = new()
    {
        Description = "get the job",
        Method = HttpMethod.Get,
        RequestUri = new Uri("https://api.linkedin.com/v2/"),
        Target = "job 148",
    };

    [Fact]
    public void Parse_DocumentedResponse_ReturnsIt() => Assert.Equal(148, Parse("""{"jobId":148,"more":[1]}""").JobId);

    [Theory]
    [InlineData("null", "Could not get the job: the response is empty.")]
    [InlineData("", "Could not get the job: the response is not the JSON that LinkedIn documents.")]
    [InlineData("<html>AQSECRET</html>", "Could not get the job: the response is not the JSON that LinkedIn documents.")]
    [InlineData("[148]", "Could not get the job: the response is not the JSON that LinkedIn documents.")]
    [InlineData(
        """{"jobId":"AQSECRET"}""",
        "Could not get the job: the response is not the JSON that LinkedIn documents at $.jobId."
    )]
    public void Parse_OtherResponse_ThrowsWithoutQuotingIt(string json, string message)
    {
        LinkedInException error = Assert.Throws<LinkedInException>(() => Parse(json));
        Assert.Equal((LinkedInErrorId.UnexpectedResponse, "job 148", message), (error.Id, error.Target, error.Message));
    }

    private static CrmValidationJobResponse Parse(string json) =>
        ResponseParser.Parse(
            new ArraySegment<byte>(Encoding.UTF8.GetBytes(json)),
            ExportJson.Default.CrmValidationJobResponse,
            Request
        );
}
