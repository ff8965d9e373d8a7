using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LinkedInExports.Core.Http;

/// <summary>Parses JSON responses. Errors do not quote the response, which may contain secrets.</summary>
internal static class ResponseParser
{
    /// <exception cref="LinkedInException"><see cref="LinkedInErrorId.UnexpectedResponse"/>: the response is not the documented
    /// JSON.</exception>
    internal static T Parse<T>(ArraySegment<byte> json, JsonTypeInfo<T> type, LinkedInRequest request)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json.AsSpan(), type)
                ?? throw CreateUnexpectedError(request, "the response is empty");
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or InvalidOperationException
                        or NotSupportedException
                        or ArgumentException
                        or FormatException
            )
        {
            // The message of the exception may quote the body.
            string where = exception is JsonException { Path: { Length: > 1 } path } ? $" at {path}" : "";
            throw CreateUnexpectedError(request, $"the response is not the JSON that LinkedIn documents{where}");
        }
    }

    /// <summary>Creates the error of a response that is not what LinkedIn documents.</summary>
    /// <param name="request">The request.</param>
    /// <param name="problem">The problem, as a clause with a subject.</param>
    internal static LinkedInException CreateUnexpectedError(LinkedInRequest request, string problem) =>
        new(LinkedInErrorId.UnexpectedResponse, $"Could not {request.Description}: {problem}.") { Target = request.Target };
}
