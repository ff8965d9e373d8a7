using LinkedInExports.Text;

namespace LinkedInExports.Core.Tests.Models.Text;

public sealed class CommandArgumentTests
{
    [Theory]
    [InlineData("7001", "7001")]
    [InlineData("urn:li:contract:7001", "urn:li:contract:7001")]
    [InlineData("urn:li:crmInstance:(SFDC,1)", "'urn:li:crmInstance:(SFDC,1)'")]
    [InlineData("", "''")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("$env:TOKEN", "'$env:TOKEN'")]
    [InlineData("1gb", "'1gb'")]
    [InlineData("7001\n", "'7001\n'")]
    [InlineData("DYN';calc;'", "'DYN'';calc;'''")]
    [InlineData("DYN\u2019;calc;\u2018\u201A\u201B", "'DYN\u2019\u2019;calc;\u2018\u2018\u201A\u201A\u201B\u201B'")]
    public void Quote_AnyText_IsOneArgument(string value, string expected) =>
        Assert.Equal(expected, CommandArgument.Quote(value));

    [Fact]
    public void GetResumeCommand_CrmInstanceWithQuotes_QuotesIt() =>
        Assert.Equal(
            "Get-CrmValidationExportJob -JobId 148 -CrmInstanceId 'urn:li:crmInstance:(DYN'';calc;'',x)'",
            new CrmValidationExportJob { JobId = 148, CrmInstanceId = "urn:li:crmInstance:(DYN';calc;',x)" }.GetResumeCommand()
        );
}
