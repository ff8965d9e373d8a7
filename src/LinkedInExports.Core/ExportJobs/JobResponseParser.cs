using LinkedInExports.Core.Http;

namespace LinkedInExports.Core.ExportJobs;

/// <summary>Parses values of responses about jobs. Errors do not quote the links, which are secrets.</summary>
internal static class JobResponseParser
{
    internal static DateTimeOffset? ParseTime(long? milliseconds, LinkedInRequest request) =>
        milliseconds is not { } value ? null
        : EpochMilliseconds.IsInRange(value) ? DateTimeOffset.FromUnixTimeMilliseconds(value)
        : throw ResponseParser.CreateUnexpectedError(request, "a time in the response is out of range");

    /// <summary>Parses the links of a job. LinkedIn documents both a list and a single link.</summary>
    internal static IReadOnlyList<SignedUrl> ParseDownloadUrls(string[]? list, string? single, LinkedInRequest request) =>
        Array.ConvertAll(
            list is { Length: > 0 } ? list
                : single is not null ? [single]
                : [],
            text =>
                Uri.TryCreate(text, UriKind.Absolute, out Uri? link)
                && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp)
                    ? new SignedUrl(link)
                    : throw ResponseParser.CreateUnexpectedError(request, "a download link in the response is not a web address")
        );
}
