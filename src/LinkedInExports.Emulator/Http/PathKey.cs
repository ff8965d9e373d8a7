using System.Globalization;

namespace LinkedInExports.Emulator.Http;

/// <summary>The key at the end of a path such as <c>/v2/things/148</c>.</summary>
internal static class PathKey
{
    /// <returns>An error message, or <c>null</c>.</returns>
    public static string? ReadLong(EmulatorRequest request, out long key)
    {
        string text = request.LastSegment;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out key)
            ? null
            : $"Path key '{text}' must be of type 'java.lang.Long'";
    }
}
