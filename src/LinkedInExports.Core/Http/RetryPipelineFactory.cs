using Polly;
using Polly.Retry;

namespace LinkedInExports.Core.Http;

/// <summary>When a request is sent again: after transient failures, and only where that cannot make a thing twice.</summary>
internal static class RetryPipelineFactory
{
    internal static readonly ResiliencePropertyKey<RequestContext> ContextKey = new("attempts");

    private static readonly TimeSpan WarningThreshold = TimeSpan.FromSeconds(10);

    internal static ResiliencePipeline Create(RetryOptions options, TimeProvider time, ThrottleGate holdback)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.MaxRetries == 0)
            return builder.Build();

        return builder
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = arguments => new ValueTask<bool>(
                        arguments.Outcome.Exception is LinkedInException failure
                            && IsRetryable(GetContext(arguments.Context).Request, failure)
                    ),
                    MaxRetryAttempts = options.MaxRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = options.BaseDelay,
                    MaxDelay = options.MaxDelay,

                    // MaxDelay does not limit the generated delays.
                    DelayGenerator = arguments => new ValueTask<TimeSpan?>(
                        options.GetServerDelay(arguments.Outcome.Exception)
                            ?? (
                                GetContext(arguments.Context).Request.Limiter is { IsPerMinute: true }
                                && IsRateLimited(arguments.Outcome)
                                    ? options.RateLimitDelay
                                    : null
                            )
                    ),
                    OnRetry = arguments =>
                    {
                        var failure = (LinkedInException)arguments.Outcome.Exception!;
                        if (IsRateLimited(arguments.Outcome))
                            holdback.Throttle(arguments.RetryDelay);
                        ReportRetry(GetContext(arguments.Context), failure, arguments.RetryDelay);
                        return default;
                    },
                }
            )
            .Build();
    }

    private static bool IsRateLimited<T>(Outcome<T> outcome) =>
        outcome.Exception is LinkedInException { Id: LinkedInErrorId.RateLimitExceeded };

    private static bool IsRetryable(LinkedInRequest request, LinkedInException failure) =>
        failure.IsTransient && (!request.IsCreate || failure.IsNotProcessed);

    private static RequestContext GetContext(ResilienceContext context) =>
        context.Properties.TryGetValue(ContextKey, out RequestContext? requestContext)
            ? requestContext
            : throw new InvalidOperationException("A request without its attempts.");

    private static void ReportRetry(RequestContext requestContext, LinkedInException failure, TimeSpan delay)
    {
        string text = $"{failure.Message} Trying again in {delay.TotalSeconds:0.0} s.";
        if (delay >= WarningThreshold && !requestContext.IsLongDelayReported)
        {
            requestContext.IsLongDelayReported = true;
            requestContext.Diagnostics.Warning(text);
        }
        else
        {
            requestContext.Diagnostics.Verbose(text);
        }
    }
}
