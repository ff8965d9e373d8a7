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

    [Theory]
    [InlineData("Authorization: Bearer AQSECRET", "Authorization: Bearer ***")]
    [InlineData("GET /ambry/?x-li-ambry-ep=AQSECRET HTTP/1.1", "GET /ambry/?*** HTTP/1.1")]
    public void A_mark_stands_where_an_unknown_secret_was(string text, string shown) => Assert.Equal(shown, Redactor.Clean(text));

    [Theory]
    [InlineData("AbCd+EfGh/IjKl is gone", "*** is gone")]
    [InlineData("Gone is AbCd+EfGh/IjKl", "Gone is ***")]
    [InlineData("{AbCd%2BEfGh%2FIjKl}", "{***}")]
    [InlineData("""{AbCd\u002BEfGh\/IjKl}""", "{***}")]
    public void A_mark_stands_where_a_known_secret_was(string text, string shown) =>
        Assert.Equal(shown, Redactor.Clean(text, ["AbCd+EfGh/IjKl"]));

    [Fact]
    public void A_secret_of_no_length_takes_nothing_out() => Assert.Equal("words", Redactor.Clean("words", [""]));

    [Fact]
    public void Text_becomes_one_line_of_bounded_length()
    {
        Assert.Equal("a b c", Redactor.Clean("a\r\nb\t c "));
        Assert.Equal(new string('x', 500), Redactor.Clean(new string('x', 500)));
        Assert.Equal(new string('x', 500) + "…", Redactor.Clean(new string('x', 501)));
    }

    [Fact]
    public void What_comes_after_thousands_of_characters_is_not_read() =>
        Assert.Equal("", Redactor.Clean(new string(' ', 4000) + "x"));

    [Fact]
    public void An_address_without_a_host_can_be_told_too() =>
        Assert.DoesNotContain("AQ", Redactor.Show(new Uri("/ambry/?x-li-ambry-ep=AQ", UriKind.Relative)), StringComparison.Ordinal);

    [Fact]
    public void An_address_is_shown_without_query_and_user() =>
        Assert.Equal("https://www.linkedin.com/ambry/", Redactor.Show(new Uri("https://u:p@www.linkedin.com/ambry/?x-li-ambry-ep=AQ#f")));
}
