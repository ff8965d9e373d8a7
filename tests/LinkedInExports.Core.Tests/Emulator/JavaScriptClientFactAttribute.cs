namespace LinkedInExports.Core.Tests.Emulator;

/// <summary>A fact that is skipped, with the reason, where Node.js or LinkedIn's client for it is missing.</summary>
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

    internal static string Folder { get; } = FindFolder();

    private static string FindFolder()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "LinkedInExports.sln")))
            root = Path.GetDirectoryName(root);
        return Path.Combine(
            root ?? throw new DirectoryNotFoundException("The tests do not run inside the repository."),
            "tests",
            "javascript"
        );
    }
}
