using System.Management.Automation;
using System.Reflection;

namespace LinkedInExports.Infrastructure;

/// <summary>
/// Keeps <c>-Debug</c> from asking. PowerShell takes the switch as a wish to be asked at each verbose message and each warning,
/// and Windows PowerShell also at each debug message and each error. In a session that cannot ask, the question ends the
/// command.
/// </summary>
internal static class MessagePrompts
{
    /// <summary>
    /// Has a command with <c>-Debug</c> show its messages, the verbose ones too, as if the switches and preferences for each
    /// had been given. A preference that the user set is left as it is.
    /// </summary>
    internal static void Suppress(PSCmdlet command)
    {
        if (!IsEnabled(command, "Debug"))
            return;

        // No public member does this. Where a PowerShell lacks one of these, that kind of message stays as PowerShell has it.
        Set(command, "DebugPreference", ActionPreference.Continue);
        if (!IsBound(command, "Verbose"))
            Set(command, "Verbose", true);
        if (!IsBound(command, "WarningAction"))
            Set(command, "WarningPreference", GetPreference(command, "WarningPreference"));
        if (!IsBound(command, "ErrorAction"))
            Set(command, "ErrorAction", GetPreference(command, "ErrorActionPreference"));
    }

    private static void Set(PSCmdlet command, string property, object value)
    {
        PropertyInfo? member = command
            .CommandRuntime.GetType()
            .GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic);
        if (member is { CanWrite: true } && member.PropertyType == value.GetType())
            member.SetValue(command.CommandRuntime, value);
    }

    private static ActionPreference GetPreference(PSCmdlet command, string variable) =>
        LanguagePrimitives.TryConvertTo(command.GetVariableValue(variable), out ActionPreference preference)
        && preference != ActionPreference.Suspend
            ? preference
            : ActionPreference.Continue;

    private static bool IsBound(PSCmdlet command, string parameter) =>
        command.MyInvocation.BoundParameters.ContainsKey(parameter);

    private static bool IsEnabled(PSCmdlet command, string parameter) =>
        command.MyInvocation.BoundParameters.TryGetValue(parameter, out object? bound)
        && bound is SwitchParameter { IsPresent: true };
}
