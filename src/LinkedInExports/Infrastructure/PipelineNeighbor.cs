using System.Management.Automation;
using System.Reflection;

namespace LinkedInExports.Infrastructure;

/// <summary>Finds the commands that receive the output of another one.</summary>
/// <remarks>
/// PowerShell has no public API for this. Names and positions in <see cref="InvocationInfo"/> cannot distinguish the next
/// command of a pipeline from one in a nested or steppable pipeline, so the internal objects are read. A version of PowerShell
/// without these members causes no error: the commands then run as if they were not adjacent.
/// </remarks>
internal static class PipelineNeighbor
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>Gets the next command of the pipeline, or null if it does not exist or cannot be determined.</summary>
    internal static object? GetNextCommand(Cmdlet command) =>
        GetValue(GetValue(GetValue(command.CommandRuntime, "OutputPipe"), "DownstreamCmdlet"), "Command");

    /// <summary>Whether the pipeline ends at the display, and not in a variable or a file.</summary>
    internal static bool IsDisplayed(Cmdlet command)
    {
        object last = command;
        while (last is Cmdlet current && GetNextCommand(current) is { } next)
            last = next;
        return last.GetType().Name is "OutDefaultCommand" or "OutHostCommand";
    }

    private static object? GetValue(object? owner, string property) =>
        owner?.GetType().GetProperty(property, Members)?.GetValue(owner);
}
