using System.Management.Automation;
using System.Reflection;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// Suppresses the prompts of <c>-Debug</c>. With this switch, PowerShell prompts for each verbose message and each warning,
/// PowerShell 7.4 also for a confirmation, and Windows PowerShell for each debug message and each error. In a session without a
/// user, a prompt ends the command.
/// </summary>
internal static class MessagePrompts
{
    /// <summary>
    /// Lets a command with <c>-Debug</c> write all of its messages without a prompt. Preferences that the user specified stay
    /// unchanged.
    /// </summary>
    internal static void Suppress(PSCmdlet command)
    {
        if (command.GetBoundSwitch("Debug") != true)
            return;

        // There is no public member for this. If a version of PowerShell lacks one of these, it prompts as before.
        Set(command, "Debug", false);
        Set(command, "DebugPreference", ActionPreference.Continue);
        if (!command.MyInvocation.BoundParameters.ContainsKey("Verbose"))
            Set(command, "Verbose", true);
    }

    private static void Set(PSCmdlet command, string property, object value)
    {
        PropertyInfo? member = command
            .CommandRuntime.GetType()
            .GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic);
        if (member is { CanWrite: true } && member.PropertyType == value.GetType())
            member.SetValue(command.CommandRuntime, value);
    }
}
