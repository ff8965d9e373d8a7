using LinkedInExports.Tooling;

namespace LinkedInExports.Emulator.Tests.JavaScript;

/// <summary>A fact that is skipped, with the reason, if Node.js or LinkedIn's client is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JavaScriptClientFactAttribute : FactAttribute
{
    public JavaScriptClientFactAttribute()
    {
        if (Node is null)
            Skip = "Node.js was not found on the PATH.";
        else if (!Directory.Exists(Path.Combine(Folder, "node_modules", "linkedin-api-client")))
            Skip = "LinkedIn's client is not installed: run npm ci in tests/javascript.";
    }

    internal static string? Node { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "node", "node.exe" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    internal static string Folder { get; } = Path.Combine(Repository.Root, "tests", "javascript");
}
