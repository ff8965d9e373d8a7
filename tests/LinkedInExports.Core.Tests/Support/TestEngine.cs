namespace LinkedInExports.Core.Tests.Support;

/// <summary>The trait of tests for only one of the builds of the engine. <c>build.ps1 -Task TestHosts</c> tests both.</summary>
internal static class TestEngine
{
    internal const string Name = "Engine";

    /// <summary>The engine of PowerShell 7.4 and later.</summary>
    internal const string PowerShell7 = nameof(PowerShell7);
}
