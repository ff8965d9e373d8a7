using LinkedInExports.Core.Telemetry;
using Polly;
using Polly.Retry;

namespace LinkedInExports.Core.Http;

/// <summary>
/// Retries requests after transient failures. A request that creates something is retried only if it was not processed.
/// </summary>
internal static class RetryPipelineFactory
{
    internal static readonly ResiliencePropertyKey<RequestContext> ContextKey = new("LinkedInExports.RequestContext");

    private static readonly TimeSpan WarningThreshold = TimeSpan.FromSeconds(10);

    internal static ResiliencePipeline Create(RetryOptions options, TimeProvider time, ThrottleGate gate)
    {
        if (options.MaxRetries == 0)
            return ResiliencePipeline.Empty;

        RetryStrategyOptions retry = options.CreateStrategyOptions();
        retry.ShouldHandle = arguments => new ValueTask<bool>(
            arguments.Outcome.Exception is LinkedInException failure
                && IsRetryable(GetContext(arguments.Context).Request, failure)
        );

        // MaxDelay does not limit the generated delays.
        retry.DelayGenerator = arguments =>
        {
            TimeSpan? delay = options.GetServerDelay(arguments.Outcome.Exception);

            // LinkedIn limits a minute and a day. A request that is still rejected after all retries counts as rejected by the
            // limit of the day, so the retries have to outlast the minute.
            bool mustOutlastMinute =
                IsRateLimited(arguments.Outcome)
                && GetContext(arguments.Context).Request.Limiter is not null
                && (delay is null || arguments.AttemptNumber > 0);
            return new(mustOutlastMinute && !(delay > options.RateLimitDelay) ? options.RateLimitDelay : delay);
        };
        retry.OnRetry = arguments =>
        {
            var failure = (LinkedInException)arguments.Outcome.Exception!;
            if (IsRateLimited(arguments.Outcome))
                gate.Throttle(arguments.RetryDelay);
            RequestContext context = GetContext(arguments.Context);
            context.IsNotProcessed = failure.IsNotProcessed;
            ReportRetry(context, failure, arguments.RetryDelay);
            context.RetryDelay = ThrottledWait.Begin(
                IsRateLimited(arguments.Outcome) ? ThrottleReason.TooManyRequests : ThrottleReason.Retry
            );
            return default;
        };
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(retry)
            .Build();
    }

    private static bool IsRateLimited<T>(Outcome<T> outcome) =>
        outcome.Exception is LinkedInException { Id: LinkedInErrorId.RateLimitExceeded };

    private static bool IsRetryable(LinkedInRequest request, LinkedInException failure) =>
        failure.IsTransient && (!request.RetryOnlyIfNotProcessed || failure.IsNotProcessed);

    private static RequestContext GetContext(ResilienceContext context) =>
        context.Properties.TryGetValue(ContextKey, out RequestContext? requestContext)
            ? requestContext
            : throw new InvalidOperationException("The request has no context.");

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
