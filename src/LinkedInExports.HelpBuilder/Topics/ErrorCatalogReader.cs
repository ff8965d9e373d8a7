using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.HelpBuilder.Topics;

/// <summary>The module's error catalogue, from the module itself, so that no page can say anything else.</summary>
internal static class ErrorCatalogReader
{
    internal sealed record Entry(string Id, string Category, string Meaning, string RecommendedAction);

    /// <summary>All entries, in the order of the catalogue.</summary>
    internal static IReadOnlyList<Entry> Read()
    {
        // Run, not only looked at: of PowerShell it needs the names of the categories alone, which the reference has.
        var context = new AssemblyLoadContext("catalogue");
        context.Resolving += static (context, name) =>
            context.LoadFromAssemblyPath(
                name.Name == "System.Management.Automation"
                    ? BuiltModule.PowerShellReference
                    : Path.Combine(BuiltModule.Bin, name.Name + ".dll")
            );
        Type errors = context
            .LoadFromAssemblyPath(Path.Combine(BuiltModule.Bin, "LinkedInExports.dll"))
            .GetType("LinkedInExports.Errors.ErrorCatalog", throwOnError: true)!;
        var catalogue = (IDictionary)errors.GetProperty("Entries", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        return
        [
            .. catalogue
                .Keys.Cast<object>()
                .Select(id => new Entry(
                    id.ToString()!,
                    GetText(catalogue[id]!, "Category"),
                    GetText(catalogue[id]!, "Meaning"),
                    GetText(catalogue[id]!, "RecommendedAction")
                )),
        ];
    }

    /// <summary>The pages' Markdown: each error with what it means and what to do.</summary>
    internal static string ToMarkdown(IEnumerable<Entry> entries) =>
        string.Join(
            "\n\n",
            entries.Select(entry =>
                $"### {entry.Id}\n\n{entry.Meaning}\n\n- Category: {entry.Category}\n- What to do: {entry.RecommendedAction}"
            )
        );

    private static string GetText(object entry, string property) =>
        entry.GetType().GetProperty(property)!.GetValue(entry)!.ToString()!;
}
