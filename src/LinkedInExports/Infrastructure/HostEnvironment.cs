namespace LinkedInExports.Infrastructure;

/// <summary>Describes the process in which PowerShell runs.</summary>
internal static class HostEnvironment
{
    /// <summary>Whether the process is non-interactive: a service, or started with -NonInteractive.</summary>
    internal static bool IsNonInteractive { get; } =
        !Environment.UserInteractive
        || Environment
            .GetCommandLineArgs()
            .Any(argument => argument.Length > 4 && "-NonInteractive".StartsWith(argument, StringComparison.OrdinalIgnoreCase));
}
