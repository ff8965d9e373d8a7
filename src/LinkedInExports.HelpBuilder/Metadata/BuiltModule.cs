using System.Reflection;
using System.Text.RegularExpressions;
using LinkedInExports.Tooling;

namespace LinkedInExports.HelpBuilder.Metadata;

/// <summary>
/// The built module, loaded for its metadata. PowerShell's types come from a reference assembly, so no code of them runs.
/// </summary>
internal static class BuiltModule
{
    private static readonly Lazy<MetadataLoadContext> Context = new(CreateContext);

    private static readonly Lazy<IReadOnlyList<Cmdlet>> Cached = new(ReadCommands);

    internal static string Folder { get; } = Path.Combine(Repository.Root, "module");

    /// <summary>The folder of the module's assemblies. Can only be set before the first use of the other members.</summary>
    internal static string Bin { get; set; } = Path.Combine(Folder, "bin", "net8.0");

    internal static string ManifestText { get; } = File.ReadAllText(Repository.Manifest);

    /// <summary>PowerShell's reference assembly.</summary>
    internal static string PowerShellReference { get; } =
        Path.Combine(AppContext.BaseDirectory, "reference", "System.Management.Automation.dll");

    internal static Assembly Cmdlets => Context.Value.LoadFromAssemblyPath(Path.Combine(Bin, "LinkedInExports.dll"));

    internal static Assembly Core => Context.Value.LoadFromAssemblyPath(Path.Combine(Bin, "private", "LinkedInExports.Core.dll"));

    internal static Assembly Models => Context.Value.LoadFromAssemblyPath(Path.Combine(Bin, "LinkedInExports.Models.dll"));

    internal static IReadOnlyList<Cmdlet> Commands => Cached.Value;

    internal static string[] ManifestList(string name) =>
        [
            .. Regex
                .Matches(
                    Regex.Match(ManifestText, $@"(?s){name}\s*=\s*@\((?<list>.*?)\)").Groups["list"].Value,
                    "'(?<item>[^']+)'"
                )
                .Select(match => match.Groups["item"].Value),
        ];

    internal static string ManifestValue(string name) =>
        Regex.Match(ManifestText, $@"(?m)^\s*{name}\s*=\s*'(?<value>[^']*)'").Groups["value"].Value;

    private static IReadOnlyList<Cmdlet> ReadCommands() =>
        [
            .. Cmdlets
                .GetExportedTypes()
                .Select(Cmdlet.Create)
                .OfType<Cmdlet>()
                .OrderBy(command => command.Name, StringComparer.Ordinal),
        ];

    private static MetadataLoadContext CreateContext()
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return new MetadataLoadContext(
            new PathAssemblyResolver([
                .. Directory.GetFiles(runtime, "*.dll"),
                .. Directory.GetFiles(Bin, "*.dll"),
                .. Directory.GetFiles(Path.Combine(Bin, "private"), "*.dll"),
                PowerShellReference,
            ])
        );
    }
}
