using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Tests.Http;

public sealed class RedactorTests
{
    [Theory]
    [InlineData("https://www.linkedin.com/ambry/?x-li-ambry-ep=AQSECRET&x=1 is gone")]
    [InlineData("x-li-ambry-ep=AQSECRET")]
    [InlineData("Authorization: Bearer AQSECRET")]
    [InlineData("bearer   AQSECRET")]
    [InlineData("{\"access_token\":\"AQSECRET\",\"refresh_token\": \"AQSECRET\"}")]
    [InlineData("client_secret=AQSECRET")]
    [InlineData("code: AQSECRET")]
    public void Secrets_in_a_servers_words_are_taken_out(string text) =>
        Assert.DoesNotContain("AQSECRET", Redactor.Clean(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("Not enough permissions to access: crmDataValidationExportJobs.GET.NO_VERSION")]
    [InlineData("Parameter 'crmInstanceId' is invalid")]
    public void Other_words_are_left_alone(string text) => Assert.Equal(text, Redactor.Clean(text));

    [Fact]
    public void Text_becomes_one_line_of_bounded_length()
    {
        Assert.Equal("a b c", Redactor.Clean("a\r\nb\t c "));
        Assert.Equal(501, Redactor.Clean(new string('x', 10_000)).Length);
    }

    [Fact]
    public void An_address_is_shown_without_query_and_user() =>
        Assert.Equal("https://www.linkedin.com/ambry/", Redactor.Show(new Uri("https://u:p@www.linkedin.com/ambry/?x-li-ambry-ep=AQ#f")));
}
