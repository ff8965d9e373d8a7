using System.Management.Automation;

namespace LinkedInExports.Infrastructure;

internal static class BoundParameters
{
    /// <summary>Gets the value of a switch, which can be a common parameter, or null if the user did not specify it.</summary>
    internal static bool? GetBoundSwitch(this PSCmdlet command, string name) =>
        command.MyInvocation.BoundParameters.TryGetValue(name, out object? bound)
            ? bound is SwitchParameter { IsPresent: true }
            : null;
}
