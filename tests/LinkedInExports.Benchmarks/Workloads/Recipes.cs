using LinkedInExports.Tooling;

namespace LinkedInExports.Benchmarks.Workloads;

/// <summary>The recipes of the documentation, which are measured as they are written.</summary>
internal static class Recipes
{
    private const string Fence = "```powershell\n";

    /// <summary>Gets the first example below a heading.</summary>
    internal static string Get(string heading)
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "databases-and-spreadsheets.md"))
            .ReplaceLineEndings("\n");
        int start = page.IndexOf(Fence, page.IndexOf($"# {heading}\n", StringComparison.Ordinal), StringComparison.Ordinal);
        start += Fence.Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
