using System.Reflection;

namespace LinkedInExports.Core.Tests.Models.Errors;

public sealed class LinkedInExceptionTests
{
    [Fact]
    public void ToNotProcessed_AnyFailure_KeepsAllOtherProperties()
    {
        var failure = new LinkedInException(LinkedInErrorId.TokenRejected, "Could not renew the token.", new IOException("inner"))
        {
            StatusCode = 401,
            ServiceErrorCode = 65601,
            Code = "REVOKED",
            TraceId = "trace",
            RetryAfter = TimeSpan.FromSeconds(3),
            Target = "target",
            IsTransient = true,
            AffectsAllRequests = true,
            Detail = "detail",
            SyncReason = ResumeSyncReason.Missing,
        };

        LinkedInException copy = failure.ToNotProcessed();

        Assert.False(failure.IsNotProcessed);
        Assert.True(copy.IsNotProcessed);
        Assert.Equal((failure.Message, failure.InnerException), (copy.Message, copy.InnerException));
        foreach (
            PropertyInfo property in typeof(LinkedInException)
                .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(property => property.CanWrite && property.Name != nameof(LinkedInException.IsNotProcessed))
        )
        {
            // Set above, so that a property that is added later fails here until it is copied.
            Assert.NotNull(property.GetValue(failure));
            Assert.Equal(property.GetValue(failure)?.ToString(), property.GetValue(copy)?.ToString());
        }
    }
}
