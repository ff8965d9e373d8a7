using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.Exports;

/// <summary>A create whose answer was lost may have made a job. It is reported as that, not as a plain failure.</summary>
internal static class UnknownOutcome
{
    internal static async Task<T> GuardAsync<T>(LinkedInRequest request, Func<Task<T>> create)
    {
        try
        {
            return await create().ConfigureAwait(false);
        }
        catch (LinkedInException exception) when (exception is { IsTransient: true, HadNoEffect: false })
        {
            throw new LinkedInException(
                LinkedInErrorId.CreateOutcomeUnknown,
                $"Whether the export job for {request.Target} was created is not known, so the request was not sent again. {exception.Message}",
                exception)
            {
                StatusCode = exception.StatusCode,
                TraceId = exception.TraceId,
                Target = request.Target,
            };
        }
    }
}
