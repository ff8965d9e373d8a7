namespace LinkedInExports.Core.Tests.Support;

/// <summary>
/// Tests that try many random cases take a sample in a normal run and all of them with LINKEDINEXPORTS_PROOF=full, which
/// ./build.ps1 -Task Proof sets.
/// </summary>
internal static class Proof
{
    internal static readonly bool IsFull = Environment.GetEnvironmentVariable("LINKEDINEXPORTS_PROOF") == "full";

    internal static int Runs(int sample, int full) => IsFull ? full : sample;
}
