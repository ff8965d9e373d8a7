using System.Net.Http.Headers;

namespace LinkedInExports.Emulator.Http;

/// <summary>Checks the media type of a request body.</summary>
internal static class MediaType
{
    /// <summary>Whether the body has this media type in UTF-8.</summary>
    public static bool Matches(EmulatorRequest request, string mediaType) =>
        Matches(request.Headers.ContentType.ToString(), mediaType);

    /// <inheritdoc cref="Matches(EmulatorRequest, string)"/>
    public static bool Matches(string contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, mediaType, StringComparison.OrdinalIgnoreCase)
        && (type.CharSet is null || string.Equals(type.CharSet.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase));
}
