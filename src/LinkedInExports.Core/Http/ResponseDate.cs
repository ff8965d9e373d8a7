namespace LinkedInExports.Core.Http;

/// <summary>The time of a response by the clock of the server.</summary>
internal static class ResponseDate
{
    /// <summary>Gets the <c>Date</c> header of a response, or null without one or if its year is implausible.</summary>
    internal static DateTimeOffset? Get(HttpResponseMessage response) =>
        response.Headers.Date is { UtcDateTime.Year: >= 2000 and <= 2200 } date ? date : null;
}
