using Polly;

namespace LinkedInExports.Core.Http;

internal static class ResiliencePipelineExtensions
{
    /// <summary>Executes an operation with a value that the strategies of the pipeline can read.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="key">The key of the value.</param>
    /// <param name="value">The value.</param>
    /// <param name="operation">The operation, which is called once for each attempt.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal static async Task<TResult> ExecuteAsync<TValue, TResult>(
        this ResiliencePipeline pipeline,
        ResiliencePropertyKey<TValue> key,
        TValue value,
        Func<CancellationToken, Task<TResult>> operation,
        CancellationToken cancellationToken
    )
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(key, value);
        try
        {
            return await pipeline
                .ExecuteAsync(
                    static (context, operation) => new ValueTask<TResult>(operation(context.CancellationToken)),
                    context,
                    operation
                )
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
