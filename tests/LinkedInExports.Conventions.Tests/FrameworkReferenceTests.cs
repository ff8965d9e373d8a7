using System.Reflection;
using LinkedInExports.Conventions.Tests.Metadata;

namespace LinkedInExports.Conventions.Tests;

/// <summary>The build for Windows PowerShell runs on .NET Framework 4.7.2, which is not needed for these tests.</summary>
public sealed class FrameworkReferenceTests
{
    private const string PowerShell = "System.Management.Automation";

    private static readonly string Bin = Path.Combine(BuiltModule.Folder, "bin", "netstandard2.0");

    private static string Framework { get; } =
        typeof(FrameworkReferenceTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "FrameworkReferenceAssemblies")
            .Value!;

    private static string[] Shipped => Directory.GetFiles(Bin, "*.dll", SearchOption.AllDirectories);

    [Fact]
    public void ShippedAssemblies_OnFramework472_HaveAllTypesAndMembers()
    {
        using var host = new AssemblySet([
            .. Shipped,
            .. Directory.GetFiles(Framework, "*.dll"),
            .. Directory.GetFiles(Path.Combine(Framework, "Facades"), "*.dll"),
        ]);
        int count = 0;
        Assert.All(
            Shipped,
            path =>
            {
                (int references, List<string> missing) = host.Resolve(path, PowerShell);
                count += references;
                Assert.True(
                    missing.Count == 0,
                    $"{Path.GetFileName(path)} uses what the host does not have:\n{string.Join('\n', missing)}"
                );
            }
        );
        Assert.InRange(count, 5_000, int.MaxValue);
    }

    [Fact]
    public void Resolve_AssemblyForNewerRuntime_ReportsMissingMembers()
    {
        using var host = new AssemblySet(Directory.GetFiles(Framework, "*.dll"));
        string core = Path.Combine(BuiltModule.Folder, "bin", "net8.0", "private", "LinkedInExports.Core.dll");
        Assert.NotEmpty(host.Resolve(core, PowerShell).Missing);
    }

    [Fact]
    public void Resolve_FrameworkWithoutFacades_ReportsMissingTypes()
    {
        using var host = new AssemblySet([.. Shipped, Path.Combine(Framework, "mscorlib.dll")]);
        string models = Path.Combine(Bin, "LinkedInExports.Models.dll");
        Assert.Contains("netstandard: System.Object", host.Resolve(models, PowerShell).Missing);
    }
}
