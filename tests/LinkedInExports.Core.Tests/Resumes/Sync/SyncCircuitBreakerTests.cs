using LinkedInExports.Core.Resumes.Quotas;
using LinkedInExports.Core.Resumes.Sync;

namespace LinkedInExports.Core.Tests.Resumes.Sync;

public sealed class SyncCircuitBreakerTests
{
    private readonly SyncCircuitBreaker _brake = new(new ResumeQuota(100, 100, new FakeTimeProvider()));

    [Fact]
    public void EvaluateBatchFailure_UploadsSucceedInBetween_StopsAfterTenFailures()
    {
        for (int failures = 1; failures < 10; failures++)
        {
            Assert.Equal(SyncCircuitBreaker.FailureAction.Failed, _brake.HandleBatchFailure(Failure(503)));
            _brake.RecordUploadSuccess();
        }

        Assert.Equal(SyncCircuitBreaker.FailureAction.Stopped, _brake.HandleBatchFailure(Failure(503)));
    }

    [Fact]
    public void EvaluateUploadFailure_UploadSucceedsInBetween_Continues()
    {
        for (int failures = 0; failures < 20; failures++)
        {
            Assert.Equal(SyncCircuitBreaker.FailureAction.Failed, _brake.HandleUploadFailure(Failure(503)));
            _brake.RecordUploadSuccess();
        }
    }

    private static LinkedInException Failure(int status) =>
        new(LinkedInErrorId.ServerError, "Failed.") { IsTransient = true, StatusCode = status };
}
