using System.Globalization;

namespace LinkedInExports.Emulator.Http;

/// <summary>The two ways to write how long a client should wait.</summary>
internal static class RetryAfter
{
    public const string Header = "Retry-After";

    /// <summary>Whole seconds, rounded up, or the moment by the emulator's clock.</summary>
    public static string Format(TimeSpan wait, bool asDate, TimeProvider clock)
    {
        var rounded = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
        return asDate
            ? (clock.GetUtcNow() + rounded).ToString("R", CultureInfo.InvariantCulture)
            : ((long)rounded.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
