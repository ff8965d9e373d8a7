using LinkedInExports.Core.Messages;
using Polly;
using Polly.Retry;

namespace LinkedInExports.Core.Http;

/// <summary>When a request is sent again: after transient failures, and only where that cannot make a thing twice.</summary>
internal static class RetryStrategy
{
    internal static readonly ResiliencePropertyKey<Attempts> AttemptsKey = new("attempts");

    private static readonly TimeSpan WorthAWarning = TimeSpan.FromSeconds(10);

    internal static ResiliencePipeline Build(RetryOptions options, TimeProvider time, Holdback holdback)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.MaxRetries == 0)
            return builder.Build();

        return builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => new ValueTask<bool>(
                arguments.Outcome.Exception is LinkedInException failure && MayRepeat(Of(arguments.Context).Request, failure)),
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.FirstDelay,
            MaxDelay = options.MaxDelay,

            // MaxDelay does not limit the generated delays.
            DelayGenerator = arguments => new ValueTask<TimeSpan?>(
                options.GetServerDelay(arguments.Outcome.Exception)
                    ?? (Of(arguments.Context).Request.Limiter is { IsPerMinute: true } && IsLimit(arguments.Outcome) ? options.LimitDelay : null)),
            OnRetry = arguments =>
            {
                var failure = (LinkedInException)arguments.Outcome.Exception!;
                if (IsLimit(arguments.Outcome))
                    holdback.Hold(arguments.RetryDelay);
                Say(Of(arguments.Context), failure, arguments.RetryDelay);
                return default;
            },
        }).Build();
    }

    private static bool IsLimit<T>(Outcome<T> outcome) =>
        outcome.Exception is LinkedInException { Id: LinkedInErrorId.LimitReached };

    private static bool MayRepeat(LinkedInRequest request, LinkedInException failure) =>
        failure.IsTransient && (!request.Creates || failure.HadNoEffect);

    private static Attempts Of(ResilienceContext context) =>
        context.Properties.TryGetValue(AttemptsKey, out Attempts? attempts)
            ? attempts
            : throw new InvalidOperationException("A request without its attempts.");

    private static void Say(Attempts attempts, LinkedInException failure, TimeSpan delay)
    {
        string text = $"{failure.Message} Trying again in {delay.TotalSeconds:0.0} s.";
        if (delay >= WorthAWarning && !attempts.SaidLongWait)
        {
            attempts.SaidLongWait = true;
            attempts.Messages.Warning(text);
        }
        else
        {
            attempts.Messages.Verbose(text);
        }
    }
}
