using System.Globalization;

namespace LinkedInExports.Emulator.Http;

/// <summary>Formats <c>Retry-After</c> headers.</summary>
internal static class RetryAfter
{
    public const string Header = "Retry-After";

    /// <summary>Formats a delay as whole seconds, rounded up, or as a date by the emulator's clock.</summary>
    public static string Format(TimeSpan wait, bool asDate, TimeProvider clock)
    {
        var rounded = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
        return asDate
            ? (clock.GetUtcNow() + rounded).ToString("R", CultureInfo.InvariantCulture)
            : ((long)rounded.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
