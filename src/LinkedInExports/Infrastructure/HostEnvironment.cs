namespace LinkedInExports.Infrastructure;

/// <summary>What is known of the process that PowerShell runs in.</summary>
internal static class HostEnvironment
{
    /// <summary>Whether it was started for nobody to sit at: as a service, or with -NonInteractive.</summary>
    internal static bool IsNonInteractive { get; } =
        !Environment.UserInteractive
        || Environment
            .GetCommandLineArgs()
            .Any(argument => argument.Length > 4 && "-NonInteractive".StartsWith(argument, StringComparison.OrdinalIgnoreCase));
}
