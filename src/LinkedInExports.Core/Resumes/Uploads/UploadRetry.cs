using LinkedInExports.Core.Http;
using LinkedInExports.Core.Output;
using Polly;
using Polly.Retry;

namespace LinkedInExports.Core.Resumes.Uploads;

/// <summary>
/// Repeats uploads whose outcome is unknown, each time with a new link. Requests that were not processed are repeated by the
/// HTTP pipeline, with the same link.
/// </summary>
internal static class UploadRetry
{
    internal static readonly ResiliencePropertyKey<IDiagnostics> DiagnosticsKey = new("LinkedInExports.Diagnostics");

    internal static ResiliencePipeline Create(RetryOptions options, TimeProvider time)
    {
        if (options.MaxRetries == 0)
            return ResiliencePipeline.Empty;

        RetryStrategyOptions retry = options.CreateStrategyOptions();
        retry.ShouldHandle = arguments => new ValueTask<bool>(
            GetFailure(arguments.Outcome.Exception) is { IsTransient: true, IsNotProcessed: false }
        );
        retry.DelayGenerator = arguments => new ValueTask<TimeSpan?>(
            options.GetServerDelay(GetFailure(arguments.Outcome.Exception))
        );
        retry.OnRetry = arguments =>
        {
            arguments
                .Context.Properties.GetValue(DiagnosticsKey, NullDiagnostics.Instance)
                .Verbose(
                    $"{arguments.Outcome.Exception!.Message} Trying with a new link in {arguments.RetryDelay.TotalSeconds:0.0} s."
                );
            return default;
        };
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(retry)
            .Build();
    }

    private static LinkedInException? GetFailure(Exception? exception) => (exception as UploadFailedException)?.Failure;
}
