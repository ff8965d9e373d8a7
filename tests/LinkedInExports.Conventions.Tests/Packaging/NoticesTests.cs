using LinkedInExports.PackageBuilder;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests.Packaging;

/// <summary>The package has the license texts of the packages that it contains.</summary>
public sealed class NoticesTests : IDisposable
{
    private readonly PackageFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Packages_OfModule_AreThoseOfItsAssemblies()
    {
        string[] assemblies =
        [
            .. _fixture
                .Read()
                .Files.Select(file => Path.GetFileNameWithoutExtension(file.Name))
                .Where(name => !name.StartsWith("LinkedInExports", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(assemblies, _fixture.Read().Packages.Select(package => package.Id));
    }

    [Fact]
    public void Write_PackagesOfModule_HasLicenseTextOfEach()
    {
        IReadOnlyList<NuGetPackage> packages = _fixture.Read().Packages;
        string notices = Notices.Write(packages);
        Assert.All(
            packages,
            package => Assert.Contains($"{package.Name}, {package.License}\n", notices, StringComparison.Ordinal)
        );
        Assert.All(packages, package => Assert.NotEqual(NuGetPackage.Unknown, package.License));
        Assert.Contains("Copyright (c) 2015-2025, App vNext", notices, StringComparison.Ordinal);
        Assert.Contains("Apache License", notices, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', notices);
    }

    [Fact]
    public void GetTexts_UnknownLicenseWithoutText_Throws()
    {
        string folder = Directory.CreateDirectory(_fixture.GetPath("package")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "some.nuspec"),
            "<package><metadata><license type='expression'>WTFPL</license></metadata></package>"
        );
        var package = new NuGetPackage("Some", "1.0.0", folder);
        Assert.Contains("'WTFPL'", Assert.Throws<InvalidDataException>(package.GetTexts).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AssemblyOfNoPackage_Throws()
    {
        File.WriteAllText(_fixture.GetPath("module/bin/net8.0/private/Some.dll"), "content");
        Assert.Contains("Some.dll", Assert.Throws<InvalidDataException>(_fixture.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ChangedAssemblyOfAPackage_Throws()
    {
        File.AppendAllText(_fixture.GetPath("module/bin/net8.0/private/CsvHelper.dll"), "changed");
        Assert.Contains("CsvHelper.dll", Assert.Throws<InvalidDataException>(_fixture.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dependencies_PackagesOfModule_AreListed()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "dependencies.md"));
        Assert.All(_fixture.Read().Packages, package => Assert.Matches($@"(?m)^\| ([^|]*, )?{package.Id}(,| \|)", page));
    }
}
