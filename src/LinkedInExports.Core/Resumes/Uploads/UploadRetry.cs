using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using Polly;
using Polly.Retry;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// Repeats uploads that failed on the way, each time with a fresh link. Requests that were not processed are repeated by the
/// HTTP pipeline, with the same link.
/// </summary>
internal static class UploadRetry
{
    internal static readonly ResiliencePropertyKey<IDiagnostics> OutputKey = new("LinkedInExports.Messages");

    internal static ResiliencePipeline Create(RetryOptions options, TimeProvider time)
    {
        if (options.MaxRetries == 0)
            return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = arguments => new ValueTask<bool>(
                        GetFailure(arguments.Outcome.Exception) is { IsTransient: true, IsNotProcessed: false }
                    ),
                    MaxRetryAttempts = options.MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = options.BaseDelay,
                    MaxDelay = options.MaxDelay,
                    DelayGenerator = arguments => new ValueTask<TimeSpan?>(
                        options.GetServerDelay(GetFailure(arguments.Outcome.Exception))
                    ),
                    OnRetry = arguments =>
                    {
                        arguments
                            .Context.Properties.GetValue(OutputKey, NullDiagnostics.Instance)
                            .Verbose(
                                $"{arguments.Outcome.Exception!.Message} Trying with a fresh link in "
                                    + $"{arguments.RetryDelay.TotalSeconds:0.0} s."
                            );
                        return default;
                    },
                }
            )
            .Build();
    }

    private static LinkedInException? GetFailure(Exception? exception) => (exception as UploadFailedException)?.Failure;
}
