using System.Xml.Linq;
using LinkedInExports.Tooling;

namespace LinkedInExports.Conventions.Tests;

/// <summary>Rules for the format and types files.</summary>
public sealed class ViewTests
{
    /// <summary>A type of the engine, which is of no use in another session.</summary>
    private const string Reader = "LinkedInExports.Core.DataReaders.ExportDataReader";

    [Fact]
    public void Views_InFormatFile_FitExistingTypesAnd80Columns()
    {
        XDocument views = XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml"));
        Assert.All(
            views.Descendants("TypeName").Select(name => name.Value.Replace("Deserialized.", "", StringComparison.Ordinal)),
            name => Assert.NotNull(name == Reader ? BuiltModule.Core.GetType(name) : BuiltModule.Models.GetType(name))
        );
        Assert.All(
            views.Descendants("ViewSelectedBy").Where(view => view.Elements("TypeName").All(name => name.Value != Reader)),
            view =>
                Assert.Equal(
                    view.Elements("TypeName")
                        .Select(name => name.Value)
                        .Where(name => !name.StartsWith("Deserialized.", StringComparison.Ordinal))
                        .Select(name => "Deserialized." + name),
                    view.Elements("TypeName")
                        .Select(name => name.Value)
                        .Where(name => name.StartsWith("Deserialized.", StringComparison.Ordinal))
                )
        );
        Assert.All(
            views.Descendants("TableHeaders"),
            table =>
            {
                int[] widths = [.. table.Elements("TableColumnHeader").Select(column => (int?)column.Element("Width") ?? 0)];
                Assert.InRange(widths.Length, 1, 6);
                Assert.InRange(widths.Sum() + widths.Length - 1, 1, 79);
            }
        );
    }

    /// <summary>The output types of the cmdlets, except those of PowerShell.</summary>
    public static TheoryData<string> OutputTypes =>
        [
            .. BuiltModule
                .Commands.SelectMany(command => command.OutputTypes)
                .Select(type => type.FullName!)
                .Where(name => name.StartsWith("LinkedInExports.", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void OutputType_InFormatFile_HasTableAndList(string type)
    {
        XElement[] views =
        [
            .. XDocument
                .Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml"))
                .Descendants("View")
                .Where(view => view.Descendants("TypeName").Any(name => name.Value == type)),
        ];

        // The columns of a seat are those of its file.
        if (type != "LinkedInExports.SeatRecord")
            Assert.Single(views, view => view.Element("TableControl") is not null);

        // A list view of a record would omit the undocumented columns, which PowerShell's default view shows.
        if (!type.EndsWith("Record", StringComparison.Ordinal))
            Assert.Single(views, view => view.Element("ListControl") is not null);
    }

    /// <summary>Users filter, sort and group by what they see: a heading without a property would match nothing.</summary>
    [Fact]
    public void Views_Headings_AreProperties()
    {
        XDocument views = XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml"));
        string[] missing =
        [
            .. from view in views.Descendants("View")
            from type in view.Descendants("TypeName")
            from heading in view.Descendants("TableColumnHeader")
                .Select(header => header.Element("Label")!.Value)
                .Concat(
                    view.Descendants("ListItem").Select(item => (item.Element("Label") ?? item.Element("PropertyName"))!.Value)
                )
            where heading != "Other columns" // All columns of an outcome that LinkedIn does not document.
            where !GetPropertyNames(type.Value).Contains(heading.Replace(" (UTC)", "", StringComparison.Ordinal))
            select $"{type.Value}: {heading}",
        ];
        Assert.Empty(missing); // Name the property in the heading, or add an AliasProperty to LinkedInExports.Types.ps1xml.
    }

    [Fact]
    public void Types_Aliases_ReferToPropertiesAndAreHidden() =>
        Assert.All(
            XDocument
                .Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Types.ps1xml"))
                .Descendants("AliasProperty")
                .Where(alias => alias.Element("Name")!.Value != "Id"),
            alias =>
            {
                Assert.Equal("true", alias.Attribute("IsHidden")?.Value);
                Assert.Contains(
                    alias.Element("ReferencedMemberName")!.Value,
                    GetPropertyNames(alias.Ancestors("Type").Single().Element("Name")!.Value)
                );
            }
        );

    [Fact]
    public void Views_InFormatFile_ShowNoSignedLinks() =>
        Assert.DoesNotContain(
            XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml")).Descendants("PropertyName"),
            property => property.Value is "DownloadUrls" or "DownloadUrl"
        );

    [Fact]
    public void Views_ScriptBlocks_NameNoTypeOfTheModule() =>
        Assert.All(
            // In constrained language mode, a script block with a type of the module shows nothing.
            // Use LinkedInExports.Formatting.ViewProperties instead.
            XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Format.ps1xml")).Descendants("ScriptBlock"),
            script => Assert.DoesNotContain("[LinkedInExports", script.Value, StringComparison.Ordinal)
        );

    [Fact]
    public void Types_SerializedProperties_AreAllButTheLinks() =>
        Assert.All(
            XDocument
                .Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Types.ps1xml"))
                .Descendants("PropertySet")
                .Where(set => set.Element("Name")!.Value == "PropertySerializationSet"),
            set =>
            {
                string name = set.Ancestors("Type").Single().Element("Name")!.Value;
                Assert.Equal(
                    BuiltModule
                        .Models.GetType(name, throwOnError: true)!
                        .GetProperties()
                        .Select(property => property.Name)
                        .Except(["DownloadUrls"])
                        .Order(StringComparer.Ordinal),
                    set.Descendants("ReferencedProperties")
                        .Elements("Name")
                        .Select(property => property.Value)
                        .Order(StringComparer.Ordinal)
                );
            }
        );

    /// <summary>
    /// Gets the names of the properties of a type, including those of LinkedInExports.Types.ps1xml. A deserialized record has
    /// the aliases of the record as values.
    /// </summary>
    private static HashSet<string> GetPropertyNames(string type)
    {
        string live = type.Replace("Deserialized.", "", StringComparison.Ordinal);
        return
        [
            .. (BuiltModule.Models.GetType(live) ?? BuiltModule.Core.GetType(live, throwOnError: true)!)
                .GetProperties()
                .Select(property => property.Name),
            .. XDocument
                .Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Types.ps1xml"))
                .Descendants("Type")
                .Where(definition =>
                    definition.Element("Name")!.Value is var name
                    && (
                        name == type
                        || (
                            name == live.Replace("WithExtraColumns", "", StringComparison.Ordinal)
                            && name.EndsWith("Record", StringComparison.Ordinal)
                        )
                    )
                )
                .Elements("Members")
                .Elements()
                .Where(member => member.Name.LocalName is "AliasProperty" or "CodeProperty")
                .Select(member => member.Element("Name")!.Value),
        ];
    }

    [Fact]
    public void Types_PropertiesOfViews_AreHiddenAndExist() =>
        Assert.All(
            XDocument.Load(Path.Combine(BuiltModule.Folder, "LinkedInExports.Types.ps1xml")).Descendants("CodeProperty"),
            property =>
            {
                // The others replace a property of the same name.
                bool isAdditional = property
                    .Descendants("TypeName")
                    .Single()
                    .Value.EndsWith("ViewProperties", StringComparison.Ordinal);
                Assert.Equal(isAdditional ? "true" : null, property.Attribute("IsHidden")?.Value);
                string method = property.Descendants("MethodName").Single().Value;
                Assert.Equal(property.Element("Name")!.Value, method);
                Assert.NotNull(
                    BuiltModule
                        .Cmdlets.GetType(property.Descendants("TypeName").Single().Value, throwOnError: true)!
                        .GetMethod(method)
                );
            }
        );
}
