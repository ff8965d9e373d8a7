using System.Diagnostics;

namespace LinkedInExports.Tooling;

/// <summary>A PowerShell that can be started: the command and the arguments that precede its own.</summary>
internal sealed record PowerShell(string Command, string[] Prefix)
{
    /// <summary>Gets the start information of a process that runs a script file.</summary>
    internal ProcessStartInfo Script(string path, params string[] arguments) =>
        new(Command, [.. Prefix, "-NoProfile", "-NonInteractive", "-File", path, .. arguments]) { UseShellExecute = false };
}
