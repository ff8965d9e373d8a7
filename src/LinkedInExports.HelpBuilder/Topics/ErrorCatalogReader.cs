using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using LinkedInExports.HelpBuilder.Metadata;

namespace LinkedInExports.HelpBuilder.Topics;

/// <summary>Reads the error catalog from the built module, so that the help cannot differ from it.</summary>
internal static class ErrorCatalogReader
{
    internal sealed record Entry(string Id, string Category, string Meaning, string RecommendedAction);

    /// <summary>Gets all entries in the order of the catalog.</summary>
    internal static IReadOnlyList<Entry> Read()
    {
        // The catalog runs, but needs only the error categories of PowerShell, which the reference assembly contains.
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

    /// <summary>Formats the entries as Markdown.</summary>
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
