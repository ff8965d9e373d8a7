using LinkedInExports.Conventions.Tests.Metadata;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.Conventions.Tests;

/// <summary>The folders of the engine, which are its namespaces, depend on each other in allowed directions only.</summary>
public sealed class LayerTests
{
    private const string Root = "LinkedInExports.Core";

    /// <summary>Each folder with the folders that it may use. A folder uses only folders above it in this list.</summary>
    private static readonly (string Folder, string[] Allowed)[] Layers =
    [
        ("Time", []),
        ("IO", []),
        ("Threading", []),
        ("Urns", []),
        ("Telemetry", []),
        ("Output", []),
        ("Http", ["IO", "Output", "Telemetry", "Time"]),
        ("Incidents", ["Http", "IO"]),
        ("Authentication", ["Http", "Incidents", "IO", "Output", "Telemetry", "Time"]),
        ("ExportFiles", ["IO", "Output", "Telemetry"]),
        ("ExportJobs", ["Http", "IO", "Output", "Telemetry", "Threading", "Time", "Urns"]),
        ("Checkpoints", ["ExportJobs", "Http", "IO", "Output", "Time", "Urns"]),
        ("Downloads", ["ExportFiles", "ExportJobs", "Http", "Incidents", "IO", "Output", "Telemetry", "Time"]),
        ("DataReaders", ["ExportFiles", "IO", "Output"]),
        ("Comparison", ["ExportFiles", "IO", "Output"]),
        ("Resumes", ["Http", "IO", "Output", "Telemetry", "Threading", "Time", "Urns"]),
        ("Reports", ["ExportFiles", "IO", "Output", "Resumes"]),
        ("Spreadsheets", ["IO"]),
        ("Api", ["ExportJobs", "Http", "Output", "Urns"]),
    ];

    [Fact]
    public void Layers_AllFolders_UseFoldersAboveOnly()
    {
        for (int i = 0; i < Layers.Length; i++)
            Assert.Empty(Layers[i].Allowed.Except(Layers.Take(i).Select(layer => layer.Folder)));
    }

    [Fact]
    public void Core_AllTypes_ReferToAllowedFoldersOnly()
    {
        using var assembly = new TypeReferences(Path.Combine(BuiltModule.Bin, "private", "LinkedInExports.Core.dll"));
        var references = assembly.Read();
        var allowed = Layers.ToDictionary(layer => layer.Folder, layer => layer.Allowed);

        string[] unlisted =
        [
            .. references
                .Select(pair => GetFolder(pair.From))
                .OfType<string>()
                .Distinct()
                .Where(folder => folder.Length > 0 && !allowed.ContainsKey(folder)),
        ];
        Assert.Empty(unlisted);

        // Types of the root namespace compose the engine: they may use all folders, and no folder may use them.
        string[] offenders =
        [
            .. from pair in references
            let @from = GetFolder(pair.From)
            let to = GetFolder(pair.To)
            where !string.IsNullOrEmpty(@from) && to is not null && to != @from && !allowed[@from].Contains(to)
            orderby @from, to
            select $"{pair.From.Namespace}.{pair.From.Name} -> {pair.To.Namespace}.{pair.To.Name}",
        ];
        Assert.True(offenders.Length == 0, "Not allowed:\n" + string.Join('\n', offenders));

        string[] unused =
        [
            .. from layer in Layers
            from to in layer.Allowed
            where !references.Any(pair => GetFolder(pair.From) == layer.Folder && GetFolder(pair.To) == to)
            select $"{layer.Folder} -> {to}",
        ];
        Assert.True(unused.Length == 0, "Allowed, but not used:\n" + string.Join('\n', unused));
    }

    /// <summary>
    /// Gets the first part of the namespace after the root; empty for the root, null for compiler-generated types.
    /// </summary>
    private static string? GetFolder(QualifiedName type) =>
        type.Namespace == Root ? ""
        : type.Namespace.StartsWith(Root + ".", StringComparison.Ordinal) ? type.Namespace[(Root.Length + 1)..].Split('.')[0]
        : null;
}
