using System.Diagnostics;

namespace LinkedInExports.Core.Tests.Reports;

/// <summary>Starts Chromium without a window and without background requests.</summary>
internal static class Chromium
{
    /// <param name="profile">The folder for the profile.</param>
    /// <param name="more">Further arguments.</param>
    internal static ProcessStartInfo Configure(string profile, params string[] more) =>
        new(
            ChromiumFactAttribute.Path!,
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                $"--user-data-dir={profile}",
                .. more,
            ]
        )
        {
            RedirectStandardError = true,
        };
}
