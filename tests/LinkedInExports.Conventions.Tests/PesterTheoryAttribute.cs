using LinkedInExports.Conventions.Tests.Documentation;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>A theory that is skipped, with the reason, if PowerShell or Pester is missing and cannot be downloaded.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PesterTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> Reason = new(FindReason);

    public PesterTheoryAttribute() => Skip = Reason.Value;

    private static string? FindReason()
    {
        if (PowerShellTheoryAttribute.Shell is not { } shell)
            return new PowerShellTheoryAttribute().Skip;
        var messages = new List<string>();
        return PesterModule.IsAvailable(shell, Repository.Root, messages.Add)
            ? null
            : $"{PesterModule.InstallHint} {string.Join(" ", messages)}";
    }
}
