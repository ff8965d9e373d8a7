using System.Reflection;
using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.HelpBuilder.Metadata;

/// <summary>The built module as it lies in module/, read without running it: PowerShell's own types are stubs here.</summary>
internal static class BuiltModule
{
    private static readonly Lazy<MetadataLoadContext> Context = new(CreateContext);

    internal static string Folder { get; } = Path.Combine(Repository.Root, "module");

    internal static string Bin { get; } = Path.Combine(Folder, "bin", "net8.0");

    internal static string ManifestText { get; } = File.ReadAllText(Repository.Manifest);

    /// <summary>PowerShell's types without their bodies.</summary>
    internal static string PowerShellReference { get; } =
        Path.Combine(AppContext.BaseDirectory, "reference", "System.Management.Automation.dll");

    internal static Assembly Cmdlets => Context.Value.LoadFromAssemblyPath(Path.Combine(Bin, "LinkedInExports.dll"));

    internal static Assembly Models => Context.Value.LoadFromAssemblyPath(Path.Combine(Bin, "LinkedInExports.Models.dll"));

    internal static IReadOnlyList<Cmdlet> Commands { get; } =
        [.. Cmdlets.GetExportedTypes().Select(Cmdlet.Of).OfType<Cmdlet>().OrderBy(command => command.Name, StringComparer.Ordinal)];

    internal static string[] ManifestList(string name) =>
    [
        .. Regex.Matches(
            Regex.Match(ManifestText, $@"(?s){name}\s*=\s*@\((?<list>.*?)\)").Groups["list"].Value, "'(?<item>[^']+)'")
            .Select(match => match.Groups["item"].Value),
    ];

    internal static string ManifestValue(string name) => Regex.Match(ManifestText, $@"(?m)^\s*{name}\s*=\s*'(?<value>[^']*)'").Groups["value"].Value;

    private static MetadataLoadContext CreateContext()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return new MetadataLoadContext(new PathAssemblyResolver(
        [
            .. Directory.GetFiles(runtime, "*.dll"), .. Directory.GetFiles(Bin, "*.dll"),
            .. Directory.GetFiles(Path.Combine(Bin, "private"), "*.dll"), PowerShellReference,
        ]));
    }
}
