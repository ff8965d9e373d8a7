using System.Diagnostics;

namespace LinkedInExports.Tooling;

/// <summary>A PowerShell that can be started.</summary>
/// <param name="Command">The name or path of the executable.</param>
/// <param name="DotNetRoot">The folder of the .NET runtime that the executable needs, or null if it has its own.</param>
internal sealed record PowerShell(string Command, string? DotNetRoot = null)
{
    /// <summary>Gets the start information of a process that runs a script file.</summary>
    internal ProcessStartInfo Script(string path, params string[] arguments) => Start("-File", path, arguments);

    /// <summary>Gets the start information of a process that runs a command.</summary>
    internal ProcessStartInfo Inline(string script) => Start("-Command", script);

    private ProcessStartInfo Start(string kind, string argument, params string[] more)
    {
        var start = new ProcessStartInfo(Command, ["-NoProfile", "-NonInteractive", kind, argument, .. more])
        {
            UseShellExecute = false,
        };
        if (DotNetRoot is not null)
            start.Environment["DOTNET_ROOT"] = DotNetRoot;
        return start;
    }
}
