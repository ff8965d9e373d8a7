using LinkedInExports.HelpBuilder.Topics;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Each error ID has an entry and a category.</summary>
public sealed class ErrorCatalogTests
{
    [Fact]
    public void ErrorIds_OfModels_AreInCatalog()
    {
        string[] ids =
        [
            .. BuiltModule
                .Models.GetType("LinkedInExports.LinkedInErrorId")!
                .GetFields()
                .Where(field => field.IsLiteral)
                .Select(field => field.Name),
        ];
        Assert.NotEmpty(ids);
        Assert.Equal(
            ids.Order(StringComparer.Ordinal),
            ErrorCatalogReader.Read().Select(entry => entry.Id).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("TokenRejected", "AuthenticationError")]
    [InlineData("InvalidCredentials", "AuthenticationError")]
    [InlineData("AccessDenied", "PermissionDenied")]
    [InlineData("NotFound", "ObjectNotFound")]
    [InlineData("FileExists", "ResourceExists")]
    [InlineData("BadRequest", "InvalidArgument")]
    [InlineData("RateLimitExceeded", "LimitsExceeded")]
    [InlineData("RequestTimedOut", "OperationTimeout")]
    [InlineData("WaitTimedOut", "OperationTimeout")]
    [InlineData("ConnectionFailed", "ConnectionError")]
    [InlineData("NotConnected", "ConnectionError")]
    [InlineData("MalformedRow", "ParserError")]
    [InlineData("FileWriteFailed", "WriteError")]
    [InlineData("FileReadFailed", "ReadError")]
    public void ErrorCategory_OfId_MatchesMeaning(string id, string category) =>
        Assert.Equal(category, ErrorCatalogReader.Read().Single(entry => entry.Id == id).Category);
}
