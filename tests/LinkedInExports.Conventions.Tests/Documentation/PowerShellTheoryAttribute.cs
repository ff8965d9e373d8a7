using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Documentation;

/// <summary>A theory that is skipped, with the reason, if PowerShell is missing and cannot be downloaded.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PowerShellTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<(PowerShell? Shell, string? Reason)> Found = new(Find);

    public PowerShellTheoryAttribute() => Skip = Found.Value.Reason;

    internal static PowerShell? Shell => Found.Value.Shell;

    private static (PowerShell? Shell, string? Reason) Find()
    {
        var messages = new List<string>();
        return PowerShellLocator.Find(Repository.Root, messages.Add) is { } shell
            ? (shell, null)
            : (null, $"{PowerShellLocator.InstallHint} {string.Join(" ", messages)}");
    }
}
