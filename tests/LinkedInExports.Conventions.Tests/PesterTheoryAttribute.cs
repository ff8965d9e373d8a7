using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>A theory that is skipped, with the reason, if PowerShell or Pester is missing and cannot be downloaded.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PesterTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<(PowerShell? Shell, string? Reason)> Found = new(Find);

    public PesterTheoryAttribute() => Skip = Found.Value.Reason;

    internal static PowerShell? Shell => Found.Value.Shell;

    private static (PowerShell? Shell, string? Reason) Find()
    {
        var messages = new List<string>();
        if (PowerShellLocator.Find(Repository.Root, messages.Add) is not { } shell)
            return (null, $"{PowerShellLocator.InstallHint} {string.Join(" ", messages)}");
        return PesterModule.IsAvailable(shell, Repository.Root, messages.Add)
            ? (shell, null)
            : (null, $"{PesterModule.InstallHint} {string.Join(" ", messages)}");
    }
}
