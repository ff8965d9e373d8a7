namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// Tests that try many random cases take a sample in a normal run and all of them with LINKEDINEXPORTS_PROOF=full, which
/// ./build.ps1 -Task Proof sets.
/// </summary>
internal static class ExhaustiveTests
{
    internal static readonly bool IsEnabled = Environment.GetEnvironmentVariable("LINKEDINEXPORTS_PROOF") == "full";

    internal static int GetRunCount(int sample, int full) => IsEnabled ? full : sample;
}
